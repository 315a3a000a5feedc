import { isObject, type Json } from '../../model/json.ts'
import { partitionOf } from '../../model/partition.ts'
import { asWarning, atKey, atValue, didYouMean, type Finding, listed, quote } from '../finding.ts'
import { at, entries, keys, textAt } from '../view.ts'
import type { Check } from './check.ts'
import { type Circle, circlesOf } from './circles.ts'

/** Profiles that take a role through another profile: each chain leads to a profile that signs in, and to a role that can be taken. */
export const checkChains: Check = (manifest) => {
  const circles = circlesOf(keys(at(manifest, 'local', 'profiles')), (name) => sourceOf(name, manifest))
  return entries(at(manifest, 'local', 'profiles')).flatMap(([name, profile]) => {
    const row: Row = { name, profile, manifest, circles }
    return isChained(profile) ? [...mixed(row), ...source(row), ...role(row), ...device(row)] : [...unchained(row)]
  })
}

interface Row {
  readonly name: string
  readonly profile: Json
  readonly manifest: Json
  readonly circles: ReadonlyMap<string, Circle>
}

function isChained(profile: Json | undefined): boolean {
  return at(profile, 'source') !== undefined || at(profile, 'role_arn') !== undefined
}

function pathOf({ name }: Row, key: string) {
  return ['local', 'profiles', name, key]
}

function mixed(row: Row): readonly Finding[] {
  const [own] = ['account', 'permission_set'].filter((key) => at(row.profile, key) !== undefined)
  if (own === undefined) return []
  const message = `profile ${quote(row.name)} has both ${own} and ${at(row.profile, 'source') === undefined ? 'role_arn' : 'source'}`
  const hint =
    'keep account and permission_set to sign in, or source and role_arn to assume a role through another profile'
  return [atKey(pathOf(row, own), 'keys-exclusive', message, hint)]
}

const onlyChained = ['external_id', 'mfa_serial', 'role_session_name', 'duration']

function unchained(row: Row): readonly Finding[] {
  return onlyChained
    .filter((key) => at(row.profile, key) !== undefined)
    .map((key) =>
      atKey(
        pathOf(row, key),
        'key-missing',
        `profile ${quote(row.name)} has ${key} but assumes no role`,
        'add source and role_arn, or remove it',
      ),
    )
}

function source(row: Row): readonly Finding[] {
  const { name, manifest, circles } = row
  const from = textAt(row.profile, 'source')
  if (from === undefined) return []
  const path = pathOf(row, 'source')
  if (from === name)
    return [atValue(path, 'source-circle', `profile ${quote(name)} names itself as its source`, 'name another profile')]
  const circle = circles.get(name)
  if (circle !== undefined) {
    const message = `profile ${quote(name)} assumes its role through ${listed(circle.first, circle.count)}, a circle that never signs in`
    return [atValue(path, 'source-circle', message, 'let one of them sign in with account and permission_set')]
  }
  const likely = meantProfile(row, from)
  return likely === '' || at(manifest, 'local', 'generate') !== undefined
    ? []
    : [asWarning(atValue(path, 'profile-undeclared', `source: ${quote(from)} is not declared under profiles`, likely))]
}

/** Among thousands of profiles nobody is told which one was meant: each would be compared with each. */
const mostCompared = 2000

/** The profile that may be meant by a source that is not declared, in a sentence; empty where nobody can tell. */
function meantProfile({ name, manifest }: Row, from: string): string {
  if (at(manifest, 'local', 'profiles', from) !== undefined) return ''
  const others = keys(at(manifest, 'local', 'profiles')).filter((one) => one !== name)
  return others.length > mostCompared ? '' : didYouMean(from, others, '')
}

function sourceOf(name: string, manifest: Json): string | undefined {
  return textAt(manifest, 'local', 'profiles', name, 'source')
}

function role(row: Row): readonly Finding[] {
  const arn = textAt(row.profile, 'role_arn') ?? ''
  const path = pathOf(row, 'role_arn')
  const [, partition, , , , resource = ''] = arn.split(':')
  if (/^role\/(?:.*\/)?AWSReservedSSO_/.test(resource)) {
    const message = `role_arn: ${quote(arn)} is the role of a permission set, which can only be used by signing in`
    return [atValue(path, 'role-reserved', message, 'use account and permission_set instead of source and role_arn')]
  }
  const region = textAt(row.manifest, 'identity_center', 'region')
  const own = region === undefined ? undefined : partitionOf(region)
  if (partition === undefined || own === undefined || partition === own) return []
  const message = `role_arn: ${quote(arn)} is in partition ${partition}, and ${region} is in ${own}`
  return [atValue(path, 'role-partition', message, 'roles can only be assumed within one partition; correct the ARN')]
}

// A login of Identity Center has its own MFA; the device that AssumeRole asks for belongs to an IAM user.
function device(row: Row): readonly Finding[] {
  const { profile, manifest } = row
  const from = textAt(profile, 'source')
  if (from === undefined || at(profile, 'mfa_serial') === undefined) return []
  const declared = at(manifest, 'local', 'profiles', from)
  if (!isObject(declared)) return []
  const message = `mfa_serial is the device of an IAM user, and ${quote(from)} ${isChained(declared) ? 'is a role' : 'signs in through Identity Center'}`
  const hint = 'remove it: AWS accepts the MFA device of an IAM user only from that user'
  return [asWarning(atKey(pathOf(row, 'mfa_serial'), 'mfa-without-user', message, hint))]
}
