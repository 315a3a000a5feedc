import { kindNamed } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Operation } from '../model/operation.ts'
import { type Chore, type Selection, selectedWords } from '../model/plan.ts'

/** Click paths for what no API offers. Source: the Identity Center user guide pages named in aws-facts 3. */
const settings: Readonly<Record<'mfa_policy' | 'send_email_otp' | 'portal_session', readonly string[]>> = {
  mfa_policy: [
    'IAM Identity Center > Settings > Authentication > Multi-factor authentication > Configure: prompt at every sign-in, require a device at sign-in',
  ],
  send_email_otp: [
    'IAM Identity Center > Settings > Authentication > Standard authentication > Configure > Send email OTP > Save',
  ],
  portal_session: ['IAM Identity Center > Settings > Authentication > Session duration > Configure'],
}

/** Steps left to a person: those a change makes necessary, and those the checklist says are still to do. */
export function byHand(loaded: LoadedManifest, operations: readonly Operation[], selection: Selection): Chore[] {
  const caused = operations.flatMap(({ kind, verb, address, at }) => {
    const chore = kindNamed(kind).byHand?.(verb, address)
    return chore && !recorded(loaded, chore.key) ? [{ ...chore, ...(at ? { at } : {}) }] : []
  })
  // Who asks for a part is not asking about the rest.
  if (selectedWords(selection).length > 0) return caused
  const keys = new Set(caused.map(({ key }) => key))
  return [...caused, ...todo(loaded).filter(({ key }) => !keys.has(key))]
}

function todo(loaded: LoadedManifest): Chore[] {
  const { activated = {}, ...rest } = loaded.manifest.checklist ?? {}
  const people = Object.entries(activated).map(
    ([name, state]) => [`activated:${name}`, state, ['activated', name]] as const,
  )
  const switches = Object.entries(rest).map(([key, state]) => [key, String(state), [key]] as const)
  return [...switches, ...people].flatMap(([key, state, path]) => {
    const at = loaded.position(['checklist', ...path])
    return state === 'todo' ? [{ key, steps: stepsOf(key), ...(at ? { at } : {}) }] : []
  })
}

function recorded({ manifest }: LoadedManifest, key: string): boolean {
  const name = key.slice(key.indexOf(':') + 1)
  const state = manifest.checklist?.activated?.[name]
  return state !== undefined && state !== 'todo'
}

/** What to click for a step of the checklist; empty for a key nobody knows. */
export function stepsOf(key: string): readonly string[] {
  const name = key.startsWith('activated:') ? key.slice('activated:'.length) : undefined
  if (name) return kindNamed('user').byHand?.('create', `user/${name}`)?.steps ?? []
  return settings[key as keyof typeof settings] ?? []
}
