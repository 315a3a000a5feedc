import { desiredSpec } from '../../../src/kinds/fields.ts'
import { kindNamed, kindNames } from '../../../src/kinds/index.ts'
import { desiredState, emptyState, refinedDesired } from '../../../src/kinds/states.ts'
import { type LoadedManifest, loadManifest } from '../../../src/manifest/load.ts'
import type { Facts } from '../../../src/model/facts.ts'
import type { Plan } from '../../../src/model/plan.ts'
import type { State } from '../../../src/model/state.ts'
import { makePlan, type Planned } from '../../../src/plan/plan.ts'
import { planText } from '../../../src/report/plan/text.ts'

/** The fixed keys of every example; one that says otherwise brings its own. */
export function whole(manifest: string): string {
  const own = /^identity_center:/m.test(manifest)
  return `version: 1\n${own ? '' : 'identity_center: { region: us-east-1 }\n'}${manifest}`
}

/** A manifest as the commands read it. */
export function read(manifest: string): Promise<LoadedManifest> {
  const readPolicy = () => Promise.reject(new Error('examples have no policy files'))
  return loadManifest({ file: 'sso.yaml', text: whole(manifest) }, { env: {}, readPolicy })
}

/** The instance of every example. */
export const instance = {
  arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  identity_store_id: 'd-1234567890',
  account: '111122223333',
  region: 'us-east-1',
}

/** Facts of a world in which every example can be. */
export const facts: Facts = {
  now: new Date('2026-11-22T12:00:00Z'),
  region: 'us-east-1',
  owner: 'sso-reconcile',
  management: '111122223333',
  startUrl: 'https://d-1234567890.awsapps.com/start',
  instance,
  accounts: [
    { id: '111122223333', name: 'Management', label: '111122223333', active: true },
    { id: '444455556666', name: 'Development', label: 'dev', active: true },
  ],
}

/** What a manifest comes to when it was carried out in an empty world. */
export async function stateAfter(manifest: string): Promise<State> {
  const loaded = await read(manifest)
  const desired = refinedDesired(desiredState(loaded, facts), { manifest: loaded, facts, live: emptyState() })
  const filled = kindNames.map((name) => {
    const kind = kindNamed(name)
    const entries = [...desired[name]].map(([at, entry]) => {
      return [at, { spec: desiredSpec(kind, undefined, entry), mark: entry.mark ?? facts.owner, ref: at }] as const
    })
    return [name, new Map(entries)] as const
  })
  return { ...emptyState(), ...Object.fromEntries(filled) }
}

/** The plan that a manifest leads to in a world, without any connection. */
export async function paperPlan(live: State, manifest: string): Promise<Planned & { readonly text: string }> {
  const loaded = await read(manifest)
  const desired = refinedDesired(desiredState(loaded, facts), { manifest: loaded, facts, live })
  const input = { manifest: loaded, facts, desired, live, selected: new Set(kindNames) }
  const options = { selection: {}, manifestDigest: '', allow: {}, diagnostics: [], thorough: true }
  const planned = makePlan(input, options)
  return { ...planned, text: textOf(planned.plan) }
}

function textOf(plan: Plan): string {
  return planText(plan, { color: false, width: 100, verbose: false })
}
