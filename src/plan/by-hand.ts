import { kindNamed, kindNames } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Operation } from '../model/operation.ts'
import { type ManualStep, type Selection, selectedWords } from '../model/plan.ts'

/** Click paths for what no API offers. Sources: UG/mfa-configure, UG/userswithoutpwd, UG/user-interactive-sessions. */
const settings: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'mfa_policy',
    [
      'IAM Identity Center > Settings > Authentication > Multi-factor authentication > Configure: prompt at every sign-in, require a device at sign-in',
    ],
  ],
  [
    'send_email_otp',
    ['IAM Identity Center > Settings > Authentication > Standard authentication > Configure > Send email OTP > Save'],
  ],
  ['portal_session', ['IAM Identity Center > Settings > Authentication > Session duration > Configure']],
])

/** Steps left to a person: those a change makes necessary, and those the checklist says are still to do. */
export function byHand(loaded: LoadedManifest, operations: readonly Operation[], selection: Selection): ManualStep[] {
  const caused = operations.flatMap(({ kind, verb, address, at }) => {
    const step = kindNamed(kind).byHand?.(verb, address)
    return step && !recorded(loaded, step.key) ? [{ ...step, ...(at ? { at } : {}) }] : []
  })
  // Who asks for a part is not asking about the rest.
  if (selectedWords(selection).length > 0) return caused
  const keys = new Set(caused.map(({ key }) => key))
  return [...caused, ...todo(loaded).filter(({ key }) => !keys.has(key))]
}

function todo(loaded: LoadedManifest): ManualStep[] {
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
  const own = kindNames.flatMap((name) => kindNamed(name).checklistSteps?.(key) ?? [])
  return own.length > 0 ? own : (settings.get(key) ?? [])
}
