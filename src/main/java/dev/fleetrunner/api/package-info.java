/** The REST door: translates between HTTP and the pipeline's use cases, and nothing else. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Fleet Runner",
                        version = "v1",
                        description = "Runs tasks in locked-down throw-away containers. Errors are problem documents"
                                + " (RFC 9457) with a `code` from a closed list and a `remedy`."),
        security = @SecurityRequirement(name = "token"),
        components =
                @Components(
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "token",
                                        type = SecuritySchemeType.HTTP,
                                        scheme = "bearer",
                                        description = "The first token is in the file admin-token of the data"
                                                + " directory; an admin makes others at /api/v1/tokens")))
package dev.fleetrunner.api;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
