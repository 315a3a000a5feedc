import { expect, it } from 'vitest'
import { repeating } from '../../src/text/repeat.ts'

it.each([
  ['run sso-reconcile plan', 'run sso-reconcile plan --file a.yaml'],
  ['run "sso-reconcile init" to write one', 'run "sso-reconcile init --file a.yaml" to write one'],
  [
    'run sso-reconcile plan to see it, and sso-reconcile apply --yes',
    'run sso-reconcile plan --file a.yaml to see it, and sso-reconcile apply --file a.yaml --yes',
  ],
  ['sso-reconcile apply --only cloud --file a.yaml', 'sso-reconcile apply --only cloud --file a.yaml'],
  [
    'sso-reconcile plan, then sso-reconcile apply --file a.yaml',
    'sso-reconcile plan --file a.yaml, then sso-reconcile apply --file a.yaml',
  ],
  ['sso-reconcile show plan.json', 'sso-reconcile show plan.json'],
  ['sso-reconcile planning', 'sso-reconcile planning'],
])('a command that reads a manifest carries the flags once: %s', (text, told) => {
  expect(repeating(text, ' --file a.yaml')).toBe(told)
  expect(repeating(told, ' --file a.yaml')).toBe(told)
})

it.each([
  ['sso-reconcile init', 'sso-reconcile init --file a.yaml --sandbox'],
  ['sso-reconcile init --sandbox', 'sso-reconcile init --file a.yaml --sandbox'],
  ['sso-reconcile init --sandbox-dir x', 'sso-reconcile init --file a.yaml --sandbox --sandbox-dir x'],
  [
    '"sso-reconcile init --sandbox --profile p --file a.yaml"',
    '"sso-reconcile init --sandbox --profile p --file a.yaml"',
  ],
  ['sso-reconcile revoke -- -bob', 'sso-reconcile revoke --file a.yaml --sandbox -- -bob'],
])('only the flags that are missing are put there: %s', (text, told) => {
  expect(repeating(text, ' --file a.yaml --sandbox')).toBe(told)
  expect(repeating(told, ' --file a.yaml --sandbox')).toBe(told)
})
