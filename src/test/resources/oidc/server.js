// A real OpenID provider for tests: whoever names an account is that person. Prints its address when it is ready.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const accounts = {
  ann: { email: 'ann@example.org', email_verified: true, groups: ['staff', 'ops'] },
  bob: { email: 'bob@example.org', email_verified: true, groups: ['staff'] },
  eve: { email: 'eve@example.org', email_verified: true, groups: ['elsewhere'] },
  mallory: { email: 'ann@example.org', email_verified: false, groups: ['ops'] },
};

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'fleet-runner',
      client_secret: 'a-secret-of-the-client-for-tests-only',
      redirect_uris: ['http://127.0.0.1/sign-in/oidc'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }],
    scopes: ['openid', 'email', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], groups: ['groups'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['for-tests-only'] },
    findAccount: (context, id) => accounts[id] && {
      accountId: id,
      claims: () => ({ sub: id, ...accounts[id] }),
    },
  });
  // The service under test has another port each time.
  provider.Client.prototype.redirectUriAllowed =
    (uri) => /^http:\/\/(127\.0\.0\.1|localhost):\d+\/sign-in\/oidc$/.test(uri);
  server.on('request', provider.callback());
  console.log(`ready at ${issuer}`);
});
