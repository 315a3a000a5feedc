import { isProfileName } from '../../local/aws-config/values.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Generate } from '../../manifest/types.ts'
import { type Diagnostic, error, type Position } from '../../model/diagnostic.ts'
import { accountLabel, type Facts } from '../../model/facts.ts'
import { accountIds } from '../shared/account.ts'
import type { Generated } from './generated.ts'

/** The template of profile names. */
export function nameTemplate({ name = '{account}-{permission_set}' }: Generate): string {
  return name
}

/** The name of the profile for an account and a set: what not every reader takes gives way to the separator. */
export function profileName(generate: Generate, account: string, account_id: string, permission_set: string): string {
  const values: Readonly<Record<string, string>> = { account, account_id, permission_set }
  const { lower_case = false, separator = '-' } = generate
  const whole = nameTemplate(generate).replace(/\{(\w+)\}/g, (all, part: string) => values[part] ?? all)
  const replaced = whole.replace(unfit, () => separator)
  // What is left of a name in another script must not begin like an option.
  const name = whole.search(unfit) === 0 ? replaced.replace(/^-+/, '') : replaced
  return lower_case ? name.toLowerCase() : name
}

/** What no AWS tool takes in the name of a profile. */
const unfit = /[^A-Za-z0-9_@+.%:/-]+/g

/** Names that two grants come to, that a declared profile has for something else, or that nothing is left of. */
export function collisions(all: readonly Generated[], loaded: LoadedManifest, facts: Facts): Diagnostic[] {
  const taken = new Map<string, Generated>()
  return all.flatMap((one): Diagnostic[] => {
    const before = taken.get(one.name)
    taken.set(one.name, before ?? one)
    if (!isProfileName(one.name)) return [unnamed(one, loaded, facts)]
    if (before) return [collision(one, `both ${source(before, facts)} and ${source(one, facts)}`, loaded)]
    const declared = loaded.manifest.local?.profiles?.[one.name]
    if (!declared) return isUnaskedDefault(one, loaded) ? [unaskedDefault(one, loaded, facts)] : []
    const [account] = declared.account === undefined ? [] : accountIds(declared.account, loaded, facts)
    if (account === one.account && declared.permission_set === one.permissionSet) return []
    const at = place(loaded, ['local', 'profiles', one.name])
    const where = account ? accountLabel(account, facts) : 'an unknown account'
    const own = `${declared.role_arn ?? `${declared.permission_set} on ${where}`}${spot(at)}`
    return [collision(one, `${source(one, facts)} and the declared profile (${own})`, loaded)]
  })
}

/** True where a name that somebody gave to an account in AWS, and not the manifest, would make the profile of every command that names none. */
function isUnaskedDefault(
  { name, account }: Generated,
  { manifest: { local, accounts = {} } }: LoadedManifest,
): boolean {
  const isAsked = local?.generate !== undefined && nameTemplate(local.generate) === name
  return name === 'default' && !isAsked && accounts.default !== account
}

function unaskedDefault(one: Generated, loaded: LoadedManifest, facts: Facts): Diagnostic {
  const at = place(loaded, ['local', 'generate'])
  const message = `generate would make ${source(one, facts)} the profile default, which every command without --profile uses`
  return error('generate-default', message, {
    hint: 'add {account_id} to generate.name or, if intended, declare the profile default under local.profiles',
    ...(at ? { at } : {}),
  })
}

function source({ permissionSet, account, at }: Generated, facts: Facts): string {
  return `${permissionSet} on ${accountLabel(account, facts)} (${account}${at ? `, ${at.file}:${at.line}` : ''})`
}

function spot(at: Position | undefined): string {
  return at ? `, ${at.file}:${at.line}` : ''
}

function collision({ name }: Generated, sources: string, loaded: LoadedManifest): Diagnostic {
  const at = place(loaded, ['local', 'generate'])
  return error('generate-collision', `profile ${name} would be ${sources}`, {
    hint: 'add {account_id} to generate.name, give the accounts nicknames under accounts, or rename the declared profile',
    ...(at ? { at } : {}),
  })
}

function unnamed(one: Generated, loaded: LoadedManifest, facts: Facts): Diagnostic {
  const at = place(loaded, ['local', 'generate'])
  const dashed = one.name.startsWith('-') ? `: commands would read ${one.name} as an option` : ''
  return error('generate-no-name', `generate leaves no usable profile name for ${source(one, facts)}${dashed}`, {
    hint: 'add {account_id} to generate.name, or give the account a nickname under accounts',
    ...(at ? { at } : {}),
  })
}

function place(loaded: LoadedManifest, path: readonly (string | number)[]): Position | undefined {
  return loaded.position([...path], 'key')
}
