import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resourcesOf, stateText } from '../../../terraform/support/show.ts'
import { configPath } from '../../e2e/support/desk.ts'
import { all, plain, type Report } from './report.ts'
import type { Scene } from './scene.ts'
import { type Texts, tame as t } from './slots.ts'
import { sections } from './world.ts'

const inWork = (name: string) => (scene: Scene) => join(scene.desk.work, name)
const saved = { path: inWork('plan.json'), as: 'json' } as const
const manifest = { path: inWork('sso.yaml'), as: 'yaml' } as const
const config = { path: ({ desk }: Scene) => configPath(desk.home), as: 'exact' } as const

async function save(scene: Scene): Promise<void> {
  await scene.run(['plan', '-o', 'plan.json', ...all])
}

/** A manifest with the names of the world where they are wrong. */
function spoil(scene: Scene, { word }: Texts): void {
  scene.write({
    ...sections,
    permission_sets: {
      [t.setNew]: { session_duration: t.word, [t.word]: 1 },
      [t.setKept]: { managed_policies: [t.word] },
    },
    assignments: [{ users: [t.word], groups: [t.word], permission_sets: [t.word], accounts: [t.word, { ou: t.word }] }],
    local: { sso_session: t.session, profiles: { [t.profileNew]: { account: t.word, permission_set: t.word } } },
    revoked: { [t.word]: t.word },
    checklist: { activated: { [t.word]: t.word } },
  })
  // A comment takes all but line ends and controls.
  appendFileSync(join(scene.desk.work, 'sso.yaml'), `# ${word.replace(/[\p{Cc}\u2028\u2029]/gu, '')}\n`)
}

/** A state of Terraform that manages every other thing of the world, some of it gone and some otherwise by now. */
async function managed(scene: Scene, { word }: Texts): Promise<void> {
  const all = resourcesOf(await scene.tables()).filter((_one, index) => index % 2 === 0)
  const rows = all.map((one, index) => ({
    ...one,
    address: `${one.type}.r[${JSON.stringify(`${index} ${word}`)}]`,
    values: {
      ...one.values,
      ...(index % 3 === 0 ? { description: word } : {}),
      ...(index === 1 ? { user_id: word } : {}),
    },
  }))
  const strange = {
    address: 'aws_ssoadmin_application.x',
    mode: 'managed',
    type: 'aws_ssoadmin_application',
    values: {},
  }
  writeFileSync(join(scene.desk.work, 'state.json'), stateText([...rows, strange]))
}

/** What is read from files and written to them, besides the manifest. */
export const fileReports: readonly Report[] = [
  { ...plain('plan that is saved', 'text', 'plan', '-o', 'plan.json', ...all), file: saved, changes: true },
  { ...plain('plan that is checked', 'text', 'plan', '--check', ...all), ends: 2 },
  {
    name: 'plan that is saved elsewhere',
    words: ({ file }) => ['plan', '-o', `sso.yaml/${file}`, ...all],
    out: 'text',
    ends: 1,
    changes: true,
  },
  {
    ...plain('apply of a saved plan', 'text', 'apply', 'plan.json', '--yes'),
    prepare: save,
    err: 'progress',
    file: config,
    changes: true,
  },
  { ...plain('a saved plan shown again', 'text', 'show', 'plan.json', '--verbose'), prepare: save, changes: true },
  { ...plain('a saved plan as text', 'text', 'show', 'plan.json', '--format', 'text'), prepare: save, changes: true },
  {
    ...plain('a saved plan as Markdown', 'markdown', 'show', 'plan.json', '--format', 'markdown'),
    prepare: save,
    changes: true,
  },
  {
    ...plain('a saved plan as a page', 'html', 'show', 'plan.json', '--format', 'html'),
    prepare: save,
    changes: true,
  },
  { ...plain('a saved plan as JSON', 'json', 'show', 'plan.json', '--format', 'json'), prepare: save, changes: true },
  {
    ...plain('apply of a plan of another manifest', 'text', 'apply', 'plan.json', '--yes'),
    prepare: async (scene) => {
      await save(scene)
      scene.write({ ...sections, groups: { [t.groupNew]: { description: t.word } }, assignments: [] })
    },
    ends: 1,
    changes: true,
  },
  {
    ...plain('apply of no plan', 'text', 'apply', 'plan.json'),
    prepare: ({ desk }, { word }) => writeFileSync(join(desk.work, 'plan.json'), JSON.stringify({ [word]: word })),
    ends: 1,
    changes: true,
  },
  { name: 'apply of a file that is not there', words: ({ file }) => ['apply', `${file}.json`], out: 'text', ends: 1 },
  {
    ...plain('apply as Markdown', 'markdown', 'apply', '--yes', '--format', 'markdown', ...all),
    err: 'progress',
    changes: true,
  },
  {
    ...plain('apply, asked', 'text', 'apply', ...all),
    answers: () => ['yes'],
    err: 'progress',
    file: manifest,
    changes: true,
  },
  { ...plain('apply, unasked', 'text', 'apply', ...all), ends: 1 },
  {
    name: 'revoke, asked',
    words: ({ userKept }) => ['revoke', userKept],
    out: 'text',
    answers: () => ['yes'],
    err: 'progress',
    file: manifest,
    changes: true,
  },
  {
    name: 'revoke of sessions',
    words: ({ userKept }) => ['revoke', userKept, '--sessions', '--yes'],
    out: 'text',
    err: 'progress',
    file: manifest,
    ends: 1,
    changes: true,
  },
  {
    name: 'revoke, undone',
    words: ({ userKept }) => ['revoke', userKept, '--undo', '--yes'],
    out: 'text',
    err: 'progress',
    prepare: async (scene, { userKept }) => void (await scene.run(['revoke', userKept, '--yes'])),
    file: manifest,
    changes: true,
  },
  plain('validate as JSON', 'json', 'validate', '--json'),
  { ...plain('validate, wrong', 'text', 'validate'), err: 'diagnoses', prepare: spoil, ends: 1, changes: true },
  {
    ...plain('validate, wrong, narrow', 'screen', 'validate'),
    err: 'screen',
    screen: { width: 60 },
    prepare: spoil,
    ends: 1,
    changes: true,
  },
  {
    ...plain('validate, wrong, as JSON', 'document', 'validate', '--json'),
    err: 'diagnoses',
    prepare: spoil,
    ends: 1,
    changes: true,
  },
  {
    ...plain('validate of what is no YAML', 'text', 'validate'),
    prepare: ({ desk }, { word }) =>
      writeFileSync(join(desk.work, 'sso.yaml'), `version: 1\n"${word.replace(/[\p{Cc}\u2028\u2029"]/gu, '')}": [\n`),
    ends: 1,
    changes: true,
  },
  {
    ...plain('a variable', 'text', 'plan', ...all),
    variables: ({ groupText }) => ({ SSO_TEXT: groupText }),
    prepare: (scene) =>
      scene.write({ ...sections, groups: { [t.groupNew]: { description: '\u0001{SSO_TEXT}' } }, assignments: [] }),
    changes: true,
  },
  {
    name: 'a variable that is not allowed',
    words: () => ['validate'],
    out: 'text',
    prepare: (scene) => scene.write({ users: { [t.userKept]: { external: true, title: '\u0001{OTHER_NAME}' } } }),
    ends: 1,
    changes: true,
  },
  {
    ...plain('init, written', 'narrow', 'init', '-f', 'new.yaml'),
    file: { path: inWork('new.yaml'), as: 'manifest' },
    changes: true,
  },
  { ...plain('init as JSON', 'json', 'init', '-f', 'new.yaml', '--json'), changes: true },
  { ...plain('init of a file that is there', 'text', 'init'), file: manifest, changes: true },
  {
    ...plain('init in its place', 'narrow', 'init', '--force'),
    file: { path: inWork('sso.yaml'), as: 'manifest' },
    changes: true,
  },
  {
    ...plain('init from Terraform', 'narrow', 'init', '--from-terraform', 'state.json', '-f', 'new.yaml', '--verbose'),
    err: 'narrow',
    prepare: managed,
    file: { path: inWork('new.yaml'), as: 'manifest' },
    changes: true,
  },
  {
    ...plain('init from Terraform as JSON', 'document', 'init', '--from-terraform', 'state.json', '--force', '--json'),
    prepare: managed,
    changes: true,
  },
  {
    ...plain(
      'init from Terraform of a state that is none',
      'text',
      'init',
      '--from-terraform',
      'state.json',
      '--force',
    ),
    prepare: ({ desk }, { word }) => writeFileSync(join(desk.work, 'state.json'), `x${word}`),
    ends: 1,
    changes: true,
  },
  {
    name: 'init from Terraform of a file that is not there',
    words: ({ file }) => ['init', '--from-terraform', `${file}.json`, '-f', 'new.yaml'],
    out: 'text',
    ends: 1,
  },
  {
    ...plain('the sandbox', 'json', 'sandbox', '--state', 's.json', '--import', 'in.json', '--export'),
    prepare: async (scene) => {
      const tables = await scene.tables()
      writeFileSync(join(scene.desk.work, 'in.json'), JSON.stringify({ format: 1, tables }))
    },
    changes: true,
  },
  {
    name: 'accounts of the sandbox that are none',
    words: () => ['sandbox', '--state', 's.json', '--accounts', 'in.json', '--export'],
    out: 'text',
    prepare: ({ desk }, { word }) => writeFileSync(join(desk.work, 'in.json'), JSON.stringify({ [word]: word })),
    ends: 1,
    changes: true,
  },
  {
    name: 'faults of the sandbox that are none',
    words: ({ word }) => ['sandbox', '--state', 's.json', '--faults', `{${word}`],
    out: 'text',
    ends: 1,
    changes: true,
  },
  { name: 'completion of no shell', words: ({ word }) => ['completion', `x${word}`], out: 'text', ends: 1 },
  plain('completion of zsh', 'text', 'completion', 'zsh'),
  plain('schema', 'json', 'schema'),
  { name: 'schema of nothing', words: ({ word }) => ['schema', `x${word}`], out: 'text', ends: 1 },
  { name: 'help of nothing', words: ({ word }) => ['help', `x${word}`], out: 'text', ends: 1 },
  { ...plain('iam-policy as JSON', 'json', 'iam-policy', '--json', '--read-only'), changes: true },
  {
    name: 'iam-policy with no key',
    words: ({ word }) => ['iam-policy', '--kms-key', `x${word}`],
    out: 'text',
    ends: 1,
  },
  {
    name: 'doctor of a message',
    words: ({ word }) => ['doctor', '--explain', `Error loading SSO Token: Token for ${word} does not exist`],
    out: 'narrow',
  },
  {
    name: 'apply that expects another plan',
    words: ({ word }) => ['apply', '--expect', `x${word}`],
    out: 'text',
    ends: 1,
  },
  { name: 'a number that is none', words: ({ word }) => ['plan', '--max-deletes', `x${word}`], out: 'text', ends: 1 },
  { ...plain('access, everything', 'text', 'access', '--format', 'text', '--verbose', '--thorough') },
]
