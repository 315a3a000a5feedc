import type { Example } from '../contract/example.ts'

const okta = (claim: string, team: string) => `trusted_token_issuers:
  okta:
    issuer_url: https://example.okta.com
    claim: ${claim}
    attribute: emails.value
    tags: { Team: ${team} }
`

/** An issuer comes, names users by another claim and gets another tag, and goes. */
export const example: Example = {
  address: 'trusted-token-issuer/okta',
  without: 'trusted_token_issuers: {}\n',
  with: okta('email', 'books'),
  changed: okta('upn', 'ledgers'),
  paths: ['claim', 'tags.Team'],
  shows: [
    '      token claim ',
    'email -> upn',
    'books -> ledgers',
    'from now on applications that trust okta accept its tokens for the user whose',
  ],
  ignore: 'trusted_token_issuers: {}\nignore: { trusted_token_issuers: [okta] }\n',
  adopted: 'issuer_url: https://example.okta.com',
}
