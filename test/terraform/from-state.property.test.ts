import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import type { TablesJson } from '../../src/sandbox/state/state.ts'
import { endClouds } from '../scenarios/cloud/support/cloud.ts'
import { expectSettled, newOffice } from '../scenarios/cloud/support/office.ts'
import { isFull, tries } from '../support/effort.ts'
import { newMigration } from './support/managed.ts'
import { resourcesOf, stateText } from './support/show.ts'
import { newCenter, states } from './support/states.ts'

vi.setConfig({ testTimeout: isFull ? 900_000 : 180_000 })

type Told = readonly { readonly resource: string }[]
interface Takeover {
  readonly taken_over: readonly { readonly resource: string; readonly address: string }[]
  readonly not_in_terraform: readonly string[]
  readonly not_in_aws: Told
  readonly left_in_terraform: Told
  readonly state_rm: readonly { readonly addresses: readonly string[] }[]
}

/** Marks that sets may carry: none, that of a manifest, or what Terraform users give the tag. */
const mark = fc.constantFrom('"x-managed":"x"', '"managed-by":"sso-reconcile"', '"managed-by":"terraform"')
const choice = fc.array(fc.boolean(), { minLength: 3, maxLength: 17 })

it('whatever part of an Identity Center Terraform manages: the plan is empty, and each resource is told of once', async () => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(states, mark, choice, async (sections, tag, chosen) => {
      const cloud = await newCenter()
      const applied = await newOffice(cloud.url, sections).apply('--quiet')
      expect(applied.code, applied.stdout + applied.stderr).toBe(0)
      const text = JSON.stringify(await cloud.export()).replaceAll('"managed-by":"sso-reconcile"', tag)
      await cloud.restore(JSON.parse(text) as TablesJson)
      const managed = resourcesOf(await cloud.export()).filter((_one, index) => chosen[index % chosen.length])
      if (managed.length === 0) return
      const before = await cloud.portrait()
      const office = newMigration(cloud.url, stateText(managed))
      const { code, stdout, stderr } = await office.run([
        'init',
        '--from-terraform',
        'state.json',
        '--json',
        '--thorough',
      ])
      const { terraform, diagnostics } = JSON.parse(stdout) as { terraform: Takeover; diagnostics: readonly object[] }
      expect(
        { code, errors: diagnostics.filter((one) => 'severity' in one && one.severity === 'error') },
        stderr,
      ).toEqual({
        ...{ code: 0, errors: [] },
      })
      await expectSettled(office, '--thorough')
      expect(await cloud.portrait()).toEqual(before)
      const told = [terraform.taken_over, terraform.left_in_terraform, terraform.not_in_aws].flat()
      expect(told.map(({ resource }) => resource).sort()).toEqual(managed.map(({ address }) => address).sort())
      const left = new Set(terraform.left_in_terraform.map(({ resource }) => resource))
      const forgotten = terraform.state_rm.flatMap(({ addresses }) => addresses)
      for (const { address } of managed) {
        const goes = forgotten.some((one) => address === one || address.startsWith(`${one}[`))
        expect({ address, goes }).toEqual({ address, goes: !left.has(address) })
      }
      const manifest = parse(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8'))
      const full = (section: string, kind: string) =>
        Object.entries((manifest[section] ?? {}) as Record<string, object>).flatMap(([name, row]) =>
          'external' in row ? [] : [`${kind} ${name}`],
        )
      const names = managed.map(({ type, values }) =>
        type.endsWith('_user')
          ? `user ${values.user_name}`
          : type.endsWith('_group')
            ? `group ${values.display_name}`
            : '',
      )
      // A group may also be there for its members alone.
      expect(full('users', 'user').filter((one) => !names.includes(one))).toEqual([])
      taken += terraform.taken_over.length
      await endClouds()
    }),
    { ...tries(10, 100), endOnFailure: true },
  )
  expect(taken).toBeGreaterThan(0)
})
