import type { Example } from '../contract/example.ts'

const local = (profiles: string) => `
accounts: { dev: "111122223333" }
local:
  sso_session: work
  profiles: ${profiles}
`

/** A profile appears in the config, changes its region, and goes. */
export const example: Example = {
  address: 'profile/dev',
  without: 'accounts: { dev: "111122223333" }\nlocal: { sso_session: work }\n',
  with: local('{ dev: { account: dev, permission_set: Audit, region: eu-west-1 } }'),
  changed: local('{ dev: { account: dev, permission_set: Auditors, region: eu-west-1 } }'),
  paths: ['sso_role_name'],
  shows: ['sso_role_name', 'Audit -> Auditors'],
  gone: local('{}'),
  hidden: 'credential_process',
  open: 'identity_center: { region: us-east-1, start_url: https://d-1234567890.awsapps.com/start }\nlocal:\n  sso_session: work\n  profiles: { dev: { account: { name: dev }, permission_set: Audit } }\n',
}
