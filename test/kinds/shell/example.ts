import type { Example } from '../contract/example.ts'

const local = (
  profile: string,
  profiles = '{ dev: { account: management, permission_set: Audit }, other: { account: management, permission_set: Audit } }',
) => `
accounts: { management: "111122223333" }
local:
  sso_session: work
  profiles: ${profiles}
  shell: ${profile}
`

/** A block in .zshrc appears, names another profile, and goes. */
export const example: Example = {
  address: 'shell/zsh',
  without: local('{}').replace(/ {2}shell: .*\n/, ''),
  with: local('{ aws_profile: dev, shells: [zsh] }'),
  changed: local('{ aws_profile: other, shells: [zsh] }'),
  paths: ['aws_profile'],
  shows: ['aws profile', 'dev -> other'],
  gone: local('{}'),
  outliving: local('{ aws_profile: dev, shells: [zsh] }', '{}'),
}
