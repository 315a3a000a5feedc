import type { Found } from '../kinds/adoption.ts'
import { checks } from '../manifest/checks/index.ts'
import { hintOf, type Path } from '../manifest/finding.ts'
import { schemaFindings } from '../manifest/schema-errors.ts'
import { filled, type JsonObject } from '../model/json.ts'
import { unwritableKeys } from './adopt.ts'
import { heading } from './comments.ts'
import { render } from './render.ts'

/** What somebody with nothing to adopt says about the first user and this machine. */
export interface Answers {
  readonly region: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  /** The name to sign in with. */
  readonly user: string
  readonly profile: string
  /** Shells that get AWS_PROFILE. */
  readonly shells: readonly string[]
}

/** An answer that is typed. */
export type Typed = Exclude<keyof Answers, 'shells'>

const set = 'AdministratorAccess'

/** The manifest that answers come to: one administrator, and a profile for what they may do in the management account. Pure. */
export function manifestFrom(answers: Answers, { facts, name, instance }: Found): JsonObject {
  const { region, user, profile, shells } = answers
  return filled({
    version: 1,
    name,
    identity_center: filled({ region, instance, start_url: facts.startUrl }),
    accounts: facts.management ? { management: facts.management } : undefined,
    users: { [user]: { given_name: answers.givenName, family_name: answers.familyName, email: answers.email } },
    permission_sets: { [set]: { description: 'Full access', session_duration: '8h', managed_policies: [set] } },
    assignments: [{ users: [user], permission_sets: [set], accounts: ['management'] }],
    local: filled({
      sso_session: profile,
      region,
      output: 'json',
      profiles: { [profile]: { account: 'management', permission_set: set } },
      shell: shells.length > 0 ? { aws_profile: profile, shells: [...shells] } : undefined,
    }),
    checklist: { mfa_policy: 'todo', send_email_otp: 'todo', activated: { [user]: 'todo' } },
  })
}

/** The same as text, with comments. Pure. */
export function textFrom(answers: Answers, found: Found): string {
  const value = manifestFrom(answers, found)
  const notes = [
    { path: ['users', answers.user], text: 'The name to sign in with cannot be changed later.' },
    { path: ['checklist'], text: 'Steps that AWS has no API for: todo, or the date they were done.' },
  ]
  return render({ value, notes, left: [] }, '', heading(value, false))
}

const sample: Answers = {
  region: 'us-east-1',
  givenName: 'Taro',
  familyName: 'Yamada',
  email: 'taro@example.com',
  user: 'taro',
  profile: 'personal',
  shells: [],
}

/** Where an answer is in the manifest; one that is a key is found by what it is. */
const places: Readonly<Record<Typed, (typed: string) => Path>> = {
  region: () => ['identity_center', 'region'],
  givenName: () => ['users', sample.user, 'given_name'],
  familyName: () => ['users', sample.user, 'family_name'],
  email: () => ['users', sample.user, 'email'],
  user: (typed) => ['users', typed],
  profile: (typed) => ['local', 'profiles', typed],
}

/** What is wrong with an answer, as `validate` would say it of the file; undefined for a good one. Pure. */
export function troubleWith(key: Typed, typed: string, found: Found): string | undefined {
  const answer = typed.trim()
  if (answer === '') return 'please enter an answer'
  // A variable could be meant in a file, not in an answer.
  if (/\$\{/.test(answer)) return 'write it out; variables only work in the file'
  if (unwritableKeys.includes(answer)) return 'write something else; some programs cannot read a file that says this'
  const value = manifestFrom({ ...sample, [key]: answer }, found)
  const place = JSON.stringify(places[key](answer))
  const all = [...schemaFindings(value), ...checks.flatMap((check) => check(value, {}))]
  const wrong = all.find(({ path, severity }) => severity === 'error' && JSON.stringify(path) === place)
  return wrong && [wrong.message.replace(/^[a-z_]+: /, ''), hintOf(wrong)].filter(Boolean).join('; ')
}

const impersonal = /^(admin|administrator|aws|contact|hello|hi|info|mail|me|office|root|support)$/

/** The name to sign in with that an address or a name suggests. Pure. */
export function userNameFrom({ email, givenName }: Pick<Answers, 'email' | 'givenName'>): string {
  const local = (email.split(/[@+]/)[0] ?? '').toLowerCase()
  const given = givenName.toLowerCase()
  return impersonal.test(local) && /^[a-z]+$/.test(given) ? given : local
}
