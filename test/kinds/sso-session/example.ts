import type { Example } from '../contract/example.ts'

/** A session appears in the config, follows the portal to another address, and goes. */
export const example: Example = {
  address: 'sso-session/work',
  without: 'local: { region: eu-west-1 }\n',
  with: 'local: { sso_session: work }\n',
  changed:
    'identity_center: { region: eu-west-1, start_url: https://moved.awsapps.com/start }\nlocal: { sso_session: work }\n',
  paths: ['sso_start_url'],
  shows: ['sso_start_url', 'https://moved.awsapps.com/start'],
  gone: 'local: { sso_session: other }\nabsent: { sso_sessions: [work] }\n',
  hidden: 'credential_process',
  open: 'identity_center: { region: eu-west-1 }\nlocal: { sso_session: work }\n',
}
