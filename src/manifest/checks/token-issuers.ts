import { asWarning, atValue, type Finding, quote } from '../finding.ts'
import { at, entries, textAt } from '../view.ts'
import type { Check } from './check.ts'

/**
 * AWS takes an issuer URL without looking at it, and tokens are refused without a word where it is wrong. Source: IAM Identity Center User
 * Guide, "Trusted token issuer configuration settings".
 */
export const checkTokenIssuers: Check = (manifest) =>
  entries(at(manifest, 'trusted_token_issuers')).flatMap(([name, row]) => {
    const [url, attribute] = [textAt(row, 'issuer_url'), textAt(row, 'attribute')]
    const path = ['trusted_token_issuers', name]
    return [
      ...(url === undefined ? [] : urlFindings(url, [...path, 'issuer_url'])),
      ...(attribute === undefined ? [] : attributeFindings(attribute, [...path, 'attribute'])),
    ]
  })

/** AWS finds users by these and takes any other path without a word; how it spells external ids is documented nowhere. */
function attributeFindings(attribute: string, path: readonly string[]): readonly Finding[] {
  // Of what is no path the schema has told.
  if (!/^[\p{L}.]+$/u.test(attribute) || /^(?:userName|emails\.value|externalIds?(?:\..+)?)$/.test(attribute)) return []
  const message = `attribute: ${quote(attribute)} is not one that AWS finds users by`
  const hint = 'write userName or emails.value, exactly so, or the path of the external id'
  return [asWarning(atValue(path, 'issuer-attribute', message, hint))]
}

function urlFindings(url: string, path: readonly string[]): readonly Finding[] {
  // Of what is no web address the schema has told.
  if (!/^https:\/\/[^\s/]/.test(url) || !URL.canParse(url)) return []
  const { port, username, password } = new URL(url)
  const told = (problem: string, hint: string) => [
    atValue(path, 'issuer-url', `issuer_url: ${quote(url)} ${problem}`, hint),
  ]
  if (/\/\.well-known(?:\/|$)/.test(url))
    return told(
      'has /.well-known in it, which AWS adds itself',
      `write ${quote(url.replace(/\/?\.well-known.*$/, ''))}`,
    )
  if (username !== '' || password !== '')
    return told(
      'has a user in front of its host, so it leads elsewhere than it seems',
      'write the host right after https://',
    )
  if (port !== '') return told(`has the port ${port}; AWS reaches issuers on port 443 alone`, 'leave the port out')
  return []
}
