import { stepNamed } from '../plan/by-hand.ts'
import { listed } from '../text/list.ts'
import { yamlWord } from '../text/yaml.ts'
import type { Evidence } from './evidence.ts'
import { type Check, type Finding, ok, warn } from './finding.ts'

/** Steps AWS has no API for: done, still to do, or not mentioned. */
export const checklist: Check = {
  name: 'checklist',
  title: 'Checklist',
  examine(evidence) {
    const { manifest } = evidence
    if (!manifest) return []
    const states = statesOf(evidence)
    const done = states.filter(([, state]) => state !== undefined && state !== 'todo')
    const absent = states.filter(([, state]) => state === undefined).map(([key]) => key)
    const proven = absent.filter((key) => isProven(key, evidence))
    const open = absent.filter((key) => !proven.includes(key) && key !== optional)
    return [
      ...(done.length > 0 ? [ok('checklist-done', done.map(([key, state]) => `${key} ${state}`).join(', '))] : []),
      ...proven.map((key) => provenDone(key, evidence)),
      ...(absent.includes(optional) ? [leftAsItIs] : []),
      ...states.filter(([, state]) => state === 'todo').map(([key]) => todo(key, evidence)),
      ...(open.length > 0 ? [notMentioned(open)] : []),
    ]
  },
}

/** A step that nobody has to take: what AWS does without it is fine for most. */
const optional = 'portal_session'

// Source: UG/configure-user-session.
const leftAsItIs = ok(
  'checklist-optional',
  `${optional} is not listed: an access portal session lasts 8 hours unless changed`,
)

/** Every step that this manifest calls for, with its state; users of an identity provider are activated there. */
function statesOf({ manifest }: Evidence): readonly (readonly [key: string, state: string | undefined])[] {
  const { checklist = {}, users } = manifest?.manifest ?? {}
  const { activated = {} } = checklist
  const own = Object.entries(users ?? {}).filter(([, { external }]) => !external)
  const people = new Set([...own.map(([name]) => name), ...Object.keys(activated)])
  // A manifest for a laptop leaves the console to others.
  const switches =
    users || Object.keys(checklist).length > 0 ? (['mfa_policy', 'send_email_otp', optional] as const) : []
  return [
    ...switches.map((key) => [key, checklist[key]] as const),
    ...[...people].map((name) => [`activated:${name}`, activated[name]] as const),
  ]
}

function todo(key: string, evidence: Evidence): Finding {
  if (isProven(key, evidence))
    return warn(
      'checklist-recordable',
      `${key} is done, although the file says todo: ${personOf(key)} is logged in on this machine`,
      `write ${entry(key, evidence)} under checklist; plans then stop listing it`,
    )
  const region = evidence.manifest?.manifest.identity_center.region ?? ''
  const { link, steps } = stepNamed(key, region)
  return warn('checklist-todo', `${key} is still to do`, `open ${link} then ${steps.join('; then ')}`)
}

function provenDone(key: string, evidence: Evidence): Finding {
  return ok(
    'checklist-proven',
    `${key} is done: ${personOf(key)} is logged in on this machine (to record it, write ${entry(key, evidence)} under checklist)`,
  )
}

function entry(key: string, { now }: Evidence): string {
  return `activated: { ${yamlWord(personOf(key) ?? '')}: ${now.toISOString().slice(0, 10)} }`
}

function personOf(key: string): string | undefined {
  return key.startsWith('activated:') ? key.slice('activated:'.length) : undefined
}

/** A login that the portal answered to is proof that the person has a password. */
function isProven(key: string, { local }: Evidence): boolean {
  const name = personOf(key)
  if (name === undefined) return false
  return (local?.proofs ?? []).some(({ proof }) => proof.result === 'proven' && proof.arn.endsWith(`/${name}`))
}

function notMentioned(keys: readonly string[]): Finding {
  return warn(
    'checklist-absent',
    `not mentioned: ${listed(keys, 5, 6)}`,
    'add each under checklist as todo (mfa_policy: todo; activated: { NAME: todo }), which lists its steps in every plan, or as the date it was done',
  )
}
