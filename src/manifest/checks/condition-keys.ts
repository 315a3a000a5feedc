import { type ConditionKeys, hasKey, type KnownForms } from '../../policies/known-forms.ts'
import { fold } from '../../text/near.ts'
import { asWarning, atKey, type Finding, listed, type Path, quote } from '../finding.ts'
import type { PolicyContext } from './check.ts'
import { orNewer, type Spelling, whole } from './spelling.ts'

const code = 'condition-key'

/** A statement whose condition is checked. */
export interface StatementContext extends PolicyContext {
  /** The services whose actions it names; undefined where they may be any. */
  readonly services: readonly string[] | undefined
}

/** What is wrong with a condition key. IAM compares keys without case, and takes any. */
export function keyFindings(key: string, path: Path, context: StatementContext): readonly Finding[] {
  const colon = key.indexOf(':')
  if (colon < 0) return [withoutPrefix(key, path, context)]
  const prefix = key.slice(0, colon)
  // Keys of identity providers begin with a host name, which may be any.
  if (/[./]/.test(prefix)) return []
  const keys = context.forms.keysOf(prefix)
  if (keys === undefined) return [unknownPrefix(prefix, key, path, context)]
  if (!hasKey(keys, key)) return [unknownKey(key, keys, path, context)]
  return elsewhere(key, path, context)
}

/** A key that no request has which the statement is about. It stays a warning, as a statement may be made to have no effect. */
function elsewhere(key: string, path: Path, { services, forms, spelling }: StatementContext): readonly Finding[] {
  const own = key.slice(0, key.indexOf(':')).toLowerCase()
  if (services === undefined || own === 'saml') return []
  const mayHave = (one: string) => spelling.names.actionsOf(one) === undefined || forms.goesWith(key.toLowerCase(), one)
  if (services.some(mayHave)) return []
  const message = `requests to ${listed(services)} have no condition key ${quote(key)}`
  return [asWarning(atKey(path, code, message, `put it into a statement about actions of ${own}`))]
}

/** The whole key that has a name, as `aws:SourceIp` for `SourceIp`: one of all services before those of one. */
export function namedKey(name: string, forms: KnownForms): string | undefined {
  const names = forms.keyPrefixes.flatMap((prefix) => [...(forms.keysOf(prefix)?.plain.values() ?? [])])
  // A key may be as long as a file.
  const plain = fold(name)
  const likely = names.filter((one) => fold(one.slice(one.indexOf(':') + 1)) === plain)
  return likely.find((one) => one.startsWith('aws:')) ?? likely[0]
}

function withoutPrefix(key: string, path: Path, { spelling, forms }: PolicyContext): Finding {
  const hint = () => {
    const first = namedKey(key, forms)
    return orNewer(first === undefined ? 'write SERVICE:KEY.' : `did you mean ${quote(first)}?`, forms.asOf)
  }
  const message = `the condition key ${quote(key)} names no service; expected SERVICE:KEY, for example aws:SourceIp`
  return spelling.unlessAllowed(atKey(path, code, message, hint))
}

function unknownPrefix(prefix: string, key: string, path: Path, { spelling, forms }: PolicyContext): Finding {
  if (spelling.names.actionsOf(prefix) !== undefined) return unknown(key, path, forms)
  const likely = spelling.meant(prefix.toLowerCase(), forms.keyPrefixes)
  if (likely === undefined) return unknown(key, path, forms)
  const meant = `${likely}${key.slice(prefix.length)}`
  return spelling.misspelt(path, code, `no condition key begins with ${quote(`${prefix}:`)}`, meant, forms.asOf, 'key')
}

function unknownKey(key: string, keys: ConditionKeys, path: Path, { spelling, forms }: PolicyContext): Finding {
  const withoutTag = tagHeads(keys).find((head) => [head, `${head}/`].some((one) => isSame(one, key)))
  if (withoutTag !== undefined) {
    const hint = orNewer(`write ${whole(`${withoutTag}/KEY`)} with the key of a tag.`, forms.asOf)
    return spelling.unlessAllowed(atKey(path, code, `the condition key ${quote(key)} lacks the key of a tag`, hint))
  }
  const likely = likelyKey(key, keys, spelling) ?? globalKey(key, forms)
  if (likely === undefined) return unknown(key, path, forms)
  return spelling.misspelt(path, code, `AWS has no condition key ${quote(key)}`, likely, forms.asOf, 'key')
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** What stands before the key of a tag, as `aws:RequestTag`. */
function tagHeads({ patterns }: ConditionKeys): readonly string[] {
  return [...patterns.values()].flatMap((one) => (one.endsWith('/*') ? [one.slice(0, -2)] : []))
}

function likelyKey(key: string, keys: ConditionKeys, spelling: Spelling): string | undefined {
  const heads = tagHeads(keys)
  const colon = heads.find((head) => isSame(`${head}:`, key.slice(0, head.length + 1)))
  if (colon !== undefined) return `${colon}/${key.slice(colon.length + 1)}`
  const slash = key.indexOf('/')
  const head = slash < 0 ? undefined : spelling.meant(key.slice(0, slash), heads)
  if (head !== undefined) return `${head}${key.slice(slash)}`
  const plain = spelling.meant(key.toLowerCase(), keys.plain.keys())
  return plain === undefined ? undefined : keys.plain.get(plain)
}

/** The key of all services that has the same name: `aws:RequestTag/team` for `ec2:RequestTag/team`. */
function globalKey(key: string, { keysOf }: KnownForms): string | undefined {
  const [name, all] = [`aws:${key.slice(key.indexOf(':') + 1)}`, keysOf('aws')]
  return all !== undefined && hasKey(all, name) ? (all.plain.get(name.toLowerCase()) ?? name) : undefined
}

function unknown(key: string, path: Path, { asOf }: KnownForms): Finding {
  const message = `AWS had no condition key ${quote(key)} on ${asOf}, the day of the list that comes with this version`
  return asWarning(atKey(path, code, message, 'AWS lists condition keys in the Service Authorization Reference'))
}
