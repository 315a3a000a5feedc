import { isObject, type Json } from '../model/json.ts'
import type { Manifest } from './types.ts'

/**
 * What may be shown of a text. Whoever writes a manifest, a plan or an environment decides which file is read, and the file may hold
 * what they may not see; so nothing of a file is quoted, in a message or beside it, unless it is surely what it is taken for.
 */

const sections = {
  version: true,
  name: true,
  identity_center: true,
  include: true,
  accounts: true,
  users: true,
  groups: true,
  permission_sets: true,
  assignments: true,
  access_control_attributes: true,
  applications: true,
  trusted_token_issuers: true,
  local: true,
  checklist: true,
  limits: true,
  revoked: true,
  absent: true,
  ignore: true,
} as const satisfies Record<keyof Manifest, true>

/** True for the name of a section of a manifest. */
export function isSection(name: string): boolean {
  return Object.hasOwn(sections, name)
}

const names = Object.keys(sections).join('|')

/** Keys at the start of a line; JSON indents them. */
const keys = {
  yaml: new RegExp(`^["']?(${names})["']?[ \\t]*:(.*)`, 'gm'),
  json: new RegExp(`^[{ \\t]*"?(${names})"?[ \\t]*:(.*)`, 'gm'),
}

/**
 * True for a text that is surely meant as a manifest, even if it has errors: it has the key identity_center, or version: 1, or two other
 * sections, each at the start of a line; and it has neither a NUL nor a key in PEM.
 */
export function isManifestText(text: string): boolean {
  if (text.includes('\0') || text.includes('-----BEGIN ')) return false
  const lines = text.matchAll(/^\s*\{/.test(text) ? keys.json : keys.yaml)
  const found = new Map([...lines].map(([, name, rest = '']) => [name, rest]))
  if (found.has('identity_center') || /^\s*1\s*(?:[#,}]|$)/.test(found.get('version') ?? '')) return true
  return [...found.keys()].filter((name) => name !== 'version' && name !== 'name').length > 1
}

/** True for a value that is surely a policy document: it has a Statement, or one of the two versions of the policy language. */
export function isPolicyDocument(value: Json): boolean {
  if (!isObject(value)) return false
  const { Statement, Version } = value
  return (typeof Statement === 'object' && Statement !== null) || Version === '2012-10-17' || Version === '2008-10-17'
}
