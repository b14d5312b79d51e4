/** The only way out of tasks that may reach named hosts: a proxy for each, which judges every name and every address. */
package dev.fleetrunner.egress;
