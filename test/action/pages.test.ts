import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../src/commands/index.ts'
import { pageAt } from '../docs/pages.ts'
import { action, root } from './support/step.ts'

/** A workflow, as far as it is looked at. */
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>
  readonly steps: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, string>> }[]
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { version } = JSON.parse(read('package.json')) as { version: string }
const page = pageAt('docs/pipelines.md')

const workflows: readonly (readonly [string, Workflow])[] = [
  ['docs/pipelines.md', parse(page.blocks.find(({ language }) => language === 'yaml')?.text ?? '')],
  ['examples/dotfiles', parse(read('examples/dotfiles/.github/workflows/aws-access.yml'))],
]

describe.each(workflows)('the workflow of %s', (_name, { on, permissions, jobs }) => {
  it('uses the action of this version with inputs that it has', () => {
    const steps = Object.values(jobs).flatMap((job) =>
      job.steps.filter(({ uses }) => uses?.startsWith('sso-reconcile/')),
    )
    expect(steps.length).toBe(Object.keys(jobs).length)
    for (const { uses, with: inputs = {} } of steps) {
      expect(uses).toBe(`sso-reconcile/sso-reconcile@v${version}`)
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)))
    }
  })

  it('gives each job what it needs and no more, and outsiders nothing', () => {
    expect(permissions).toEqual({})
    expect(on).not.toHaveProperty('pull_request_target')
    const both = { contents: 'read', 'id-token': 'write' }
    const pulls = { 'pull-requests': 'write' }
    const writes: Readonly<Record<string, object>> = { plan: pulls, apply: pulls, drift: { issues: 'write' }, due: {} }
    for (const [name, job] of Object.entries(jobs))
      expect([name, job.permissions]).toEqual([name, { ...both, ...writes[name] }])
  })
})

it('docs/pipelines.md names every input and output', () => {
  expect(page.inline).toEqual(expect.arrayContaining([...Object.keys(action.inputs), ...Object.keys(action.outputs)]))
})

it('the example for GitLab runs commands of this version', () => {
  const text = read('examples/gitlab/.gitlab-ci.yml')
  const jobs = Object.values(parse(text) as Record<string, { script?: readonly string[] }>)
  const words = jobs.flatMap(({ script = [] }) => script).map((line) => line.split(' '))
  const ours = words.filter(([program]) => program === 'sso-reconcile').map(([, name]) => name)
  expect(ours).toEqual(['plan', 'show', 'plan', 'apply', 'apply', 'plan'])
  expect(commands.map(({ name }) => name)).toEqual(expect.arrayContaining(ours))
})

it('the examples install the tarball of this version, and action.yml its package', () => {
  const tarball = `/releases/download/v${version}/sso-reconcile-${version}.tgz\n`
  const lines = ['gitlab/.gitlab-ci.yml', 'dotfiles/.github/workflows/aws-access.yml'].flatMap(
    (path) => read(`examples/${path}`).match(/^.*npm install.*\n/gm) ?? [],
  )
  expect(lines.map((line) => line.endsWith(tarball))).toEqual([true, true, true])
  expect(action.inputs.version?.default).toBe(version)
})

it('what the action runs is in the repository and not in the package', () => {
  const { files } = JSON.parse(read('package.json')) as { files: readonly string[] }
  expect(files.filter((path) => path.startsWith('action'))).toEqual([])
  expect(existsSync(join(root, 'action/main.mjs'))).toBe(true)
})
