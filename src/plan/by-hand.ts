import { kindNamed, kindNames } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { clicks, consolePage, label } from '../model/console.ts'
import type { Operation } from '../model/operation.ts'
import { type ManualStep, type Selection, selectedWords } from '../model/plan.ts'

/** Ways through the settings page for what no API offers. Sources: UG/mfa-configure, UG/userswithoutpwd, UG/user-interactive-sessions. */
const settings: ReadonlyMap<string, string> = new Map([
  [
    'mfa_policy',
    `${clicks('Settings', 'Authentication', 'Multi-factor authentication', 'Configure')}: ${label('Prompt users for MFA')} at every sign-in, require a device at sign-in`,
  ],
  [
    'send_email_otp',
    `${clicks('Settings', 'Authentication', 'Standard authentication', 'Configure', 'Send email OTP', 'Save')}: new users then get an e-mail at their first sign-in; without it, each user needs an invitation`,
  ],
  ['portal_session', clicks('Settings', 'Authentication', 'Session duration', 'Configure')],
])

/** Steps left to a person, in the order to take them: those a change makes necessary, and those the checklist says are still to do. */
export function byHand(loaded: LoadedManifest, operations: readonly Operation[], selection: Selection): ManualStep[] {
  const { region } = loaded.manifest.identity_center
  const caused = operations.flatMap(({ kind, verb, address, at }) => {
    const step = kindNamed(kind).byHand?.(verb, address, region)
    // A date in the file is that of somebody of this name who was there before.
    return step ? [{ ...step, ...(at ? { at } : {}) }] : []
  })
  // Who asks for a part is not asking about the rest; the checklist is about the whole of Identity Center.
  if (selectedWords(selection).some((word) => word !== 'cloud')) return caused
  const keys = new Set(caused.map(({ key }) => key))
  const rest = todo(loaded).filter(({ key }) => !keys.has(key))
  // What holds for everybody is set before the first person signs in.
  return [
    ...[...settings.keys()].flatMap((key) => rest.filter((one) => one.key === key)),
    ...caused,
    ...rest.filter(({ key }) => !settings.has(key)),
  ]
}

function todo(loaded: LoadedManifest): ManualStep[] {
  const { checklist = {}, identity_center } = loaded.manifest
  const { activated = {}, ...rest } = checklist
  const people = Object.entries(activated).map(
    ([name, state]) => [`activated:${name}`, state, ['activated', name]] as const,
  )
  const switches = Object.entries(rest).map(([key, state]) => [key, String(state), [key]] as const)
  return [...switches, ...people].flatMap(([key, state, path]) => {
    const at = loaded.position(['checklist', ...path])
    return state === 'todo' ? [{ ...stepNamed(key, identity_center.region), ...(at ? { at } : {}) }] : []
  })
}

/** A step of the checklist by its key: where in the console of a Region, and what to click there. */
export function stepNamed(key: string, region: string): ManualStep {
  const [own] = kindNames.flatMap((name) => kindNamed(name).checklistStep?.(key, region) ?? [])
  return own ?? { key, link: consolePage(region, 'settings'), steps: [settings.get(key) ?? key] }
}
