import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '../../e2e/support/binary.ts'
import { json } from '../../e2e/support/relay.ts'
import { fileReports } from './file-reports.ts'
import { machineReports } from './machine-reports.ts'
import { person } from './person.ts'
import { all, plain, type Report } from './report.ts'
import type { Scene } from './scene.ts'
import type { Texts } from './slots.ts'

const error = (type: string, message: string) => () => json({ __type: type, message }, 400)
const finding = (findingType: string, { problem, refusal }: Texts) => ({
  findingType,
  issueCode: problem,
  findingDetails: refusal,
  learnMoreLink: 'https://docs.aws.amazon.com/',
  locations: [{ path: [{ value: 'Statement' }, { index: 0 }], span: {} }],
})
const found = (type: string, texts: Texts) => () => json({ findings: [finding(type, texts)] })
const can = ['access', '--can', 's3:DeleteBucket']
const colour = { color: { out: true, err: true } }

/** Of a set whose name AWS allows: no role has another, and what is said of roles differs with that. */
function withRoles(name: string, out: Report['out'], ...words: string[]): Report {
  return { name, words: ({ setKept }) => ['access', '--arns', '--permission-set', setKept, ...words], out }
}

/** The reports that one's own names and those of AWS are in. */
const usual: readonly Report[] = [
  plain('validate', 'text', 'validate'),
  plain('validate, asking AWS', 'text', 'validate', '--online'),
  plain('plan', 'text', 'plan', ...all),
  plain('plan, everything', 'text', 'plan', '--verbose', '--thorough', ...all),
  { ...plain('plan, refused', 'text', 'plan'), ends: 1 },
  { ...plain('plan in colour', 'colour', 'plan', '--verbose', ...all), err: 'colour', screen: colour },
  { ...plain('plan, narrow', 'narrow', 'plan', '--verbose', ...all), err: 'narrow', screen: { width: 60 } },
  plain('plan as JSON', 'json', 'plan', '--json', ...all),
  plain('plan as Markdown', 'markdown', 'plan', '--format', 'markdown', ...all),
  { ...plain('plan as Markdown, refused', 'markdown', 'plan', '--format', 'markdown'), ends: 1 },
  plain('plan as a page', 'html', 'plan', '--format', 'html', '--verbose', ...all),
  { ...plain('plan as a page, refused', 'html', 'plan', '--format', 'html'), ends: 1 },
  {
    name: 'plan of one user',
    words: ({ userKept }) => ['plan', '--target', `user/${encodeURIComponent(userKept)}`, ...all],
    out: 'text',
  },
  { ...plain('adopt of no address', 'text', 'adopt'), ends: 1 },
  { ...plain('adopt, one by one', 'text', 'adopt'), answers: () => ['?', 'l', 's'] },
  { ...plain('ignore of what is not there', 'text', 'ignore', 'user/nobody-there'), ends: 1 },
  { ...plain('adopt of no address, as JSON', 'json', 'adopt', '--json'), ends: 1 },
  { ...plain('ignore of what is not there, as JSON', 'json', 'ignore', 'user/nobody-there', '--json'), ends: 1 },
  { ...plain('access', 'text', 'access'), screen: { piped: false } },
  { ...plain('access in colour', 'colour', 'access'), err: 'colour', screen: { ...colour, piped: false } },
  { ...plain('access, narrow', 'narrow', 'access'), err: 'narrow', screen: { width: 60, piped: false } },
  plain('access in a pipe', 'tsv', 'access'),
  plain('access as TSV', 'tsv', 'access', '--format', 'tsv'),
  plain('access as JSON', 'json', 'access', '--json'),
  plain('access as CSV', 'csv', 'access', '--format', 'csv'),
  plain('access as Markdown', 'markdown', 'access', '--format', 'markdown'),
  plain('access as a page', 'html', 'access', '--format', 'html'),
  { ...withRoles('access with roles', 'text'), screen: { piped: false } },
  { ...withRoles('access with roles, narrow', 'narrow'), err: 'narrow', screen: { width: 60, piped: false } },
  withRoles('access with roles in a pipe', 'tsv'),
  withRoles('access with roles as JSON', 'json', '--json'),
  withRoles('access with roles as CSV', 'csv', '--format', 'csv'),
  withRoles('access with roles as Markdown', 'markdown', '--format', 'markdown'),
  withRoles('access with roles as a page', 'html', '--format', 'html'),
  { name: 'access of one user', words: ({ userKept }) => ['access', '--user', userKept], out: 'tsv' },
  {
    name: 'access of nobody',
    words: ({ word }) => ['access', '--user', unlike(word), '--account', unlike(word)],
    out: 'text',
  },
  { ...plain('who can', 'text', ...can), screen: { piped: false } },
  { ...plain('who can, in colour', 'colour', ...can), err: 'colour', screen: { ...colour, piped: false } },
  { ...plain('who can, narrow', 'narrow', ...can), err: 'narrow', screen: { width: 60, piped: false } },
  plain('who can, in a pipe', 'tsv', ...can),
  plain('who can, as TSV', 'tsv', ...can, '--format', 'tsv'),
  plain('who can, as JSON', 'json', ...can, '--json'),
  plain('who can, as CSV', 'csv', ...can, '--format', 'csv'),
  plain('who can, as Markdown', 'markdown', ...can, '--format', 'markdown'),
  plain('who can, as a page', 'html', ...can, '--format', 'html'),
  { name: 'who can, of nobody', words: ({ word }) => [...can, '--user', unlike(word)], out: 'text' },
  plain('doctor', 'findings', 'doctor'),
  plain('doctor as JSON', 'json', 'doctor', '--json'),
  plain('iam-policy', 'json', 'iam-policy'),
  plain('export for Terraform', 'hcl', 'export', 'terraform'),
  { name: 'console', words: ({ profileKept }) => ['console', profileKept], out: 'text' },
  { name: 'login', words: ({ profileKept }) => ['login', profileKept], out: 'text', ends: 1 },
  plain('init', 'manifest', 'init', '-f', 'new.yaml', '--dry-run'),
]

/** The reports of what goes wrong. */
const troubled: readonly Report[] = [
  {
    ...plain('access refused by AWS', 'text', 'access', '--verbose'),
    ends: 1,
    prepare: (scene, { refusal }) => scene.answering('ListUsers', error('AccessDeniedException', refusal)),
  },
  {
    ...plain('plan refused by AWS, as JSON', 'json', 'plan', '--json', ...all),
    ends: 1,
    prepare: (scene, { refusal }) => scene.answering('ListUsers', error('ValidationException', refusal)),
  },
  {
    ...plain('an error without a known name', 'text', 'plan', ...all),
    ends: 1,
    prepare: (scene, { problem, refusal }) => scene.answering('ListGroups', error(problem, refusal)),
  },
  {
    ...plain('doctor as somebody', 'findings', 'doctor'),
    prepare: (scene, { caller }) =>
      scene.answering('GetCallerIdentity', ({ body, ...answer }) => ({
        ...answer,
        body: body.replaceAll('user/sandbox', `user/${references(caller)}`),
      })),
  },
  {
    ...plain('plan with what Access Analyzer finds', 'text', 'plan', ...all),
    prepare: (scene, texts) => scene.answering('ValidatePolicy', found('SUGGESTION', texts)),
  },
  {
    ...plain('plan with what Access Analyzer finds, as Markdown', 'markdown', 'plan', '--format', 'markdown', ...all),
    prepare: (scene, texts) => scene.answering('ValidatePolicy', found('WARNING', texts)),
  },
  {
    ...plain('plan with what Access Analyzer finds, as a page', 'html', 'plan', '--format', 'html', ...all),
    prepare: (scene, texts) => scene.answering('ValidatePolicy', found('WARNING', texts)),
  },
  {
    ...plain('validate with what Access Analyzer rejects', 'text', 'validate', '--online'),
    ends: 1,
    prepare: (scene, texts) => scene.answering('ValidatePolicy', found('ERROR', texts)),
  },
  { name: 'an action that is none', words: ({ word }) => ['access', '--can', unlike(word)], out: 'text', ends: 1 },
  {
    name: 'a resource that is none',
    words: ({ word }) => [...can, '--resource', unlike(word)],
    out: 'text',
    ends: 1,
  },
  { name: 'a word that is no option', words: ({ word }) => ['plan', `--${word}`], out: 'text', ends: 1 },
  { name: 'a word that is no command', words: ({ word }) => [`x${word}`], out: 'text', ends: 1 },
  { name: 'a target that is none', words: ({ word }) => ['plan', '--target', `nothing/${word}`], out: 'text', ends: 1 },
  { name: 'a kind that is none', words: ({ word }) => ['plan', '--only', `x${word}`], out: 'text', ends: 1 },
  { name: 'a profile that is not there', words: ({ word }) => ['plan', '--profile', word], out: 'text', ends: 1 },
  {
    ...plain('a profile of the environment that is not there', 'text', 'plan'),
    ends: 1,
    variables: ({ word }) => ({
      AWS_PROFILE: word,
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: undefined,
      AWS_SESSION_TOKEN: undefined,
    }),
  },
  { ...plain('a region of the environment', 'text', 'plan', ...all), variables: ({ word }) => ({ AWS_REGION: word }) },
  {
    name: 'grant to nobody',
    words: ({ word }) => ['grant', unlike(word), unlike(word), unlike(word), '--for', '4h', '--yes'],
    out: 'text',
    ends: 1,
  },
  { name: 'revoke of nobody', words: ({ word }) => ['revoke', unlike(word), '--yes'], out: 'text', ends: 1 },
  { name: 'a file that is not there', words: ({ file }) => ['plan', '-f', `${file}.yaml`], out: 'text', ends: 1 },
  {
    name: 'a file of another name',
    words: ({ file }) => ['plan', '-f', `${file}.yaml`, ...all],
    out: 'text',
    prepare: ({ desk: { work } }, { file }) => renameSync(join(work, 'sso.yaml'), join(work, `${file}.yaml`)),
    changes: true,
  },
]

/** The reports of what was changed. */
const changing: readonly Report[] = [
  { ...plain('apply', 'text', 'apply', '--yes', ...all), err: 'progress', changes: true },
  { ...plain('apply as events', 'events', 'apply', '--yes', '--json', ...all), err: 'progress', changes: true },
  {
    ...plain('apply that fails', 'progress', 'apply', '--yes', ...all),
    ends: 1,
    err: 'progress',
    prepare: (scene, { failure }) => scene.failing('CreateAccountAssignment', failure),
    changes: true,
  },
  {
    name: 'revoke',
    words: ({ userKept }) => ['revoke', userKept, '--yes'],
    out: 'text',
    err: 'progress',
    changes: true,
  },
  {
    name: 'revoke as events',
    words: ({ userKept }) => ['revoke', userKept, '--yes', '--json'],
    out: 'events',
    err: 'progress',
    changes: true,
  },
]

/** A word that is near no name of any world, so that no suggestion depends on names. */
const unlike = (word: string) => `nobody is called like this ${word}`

/** Every command, in every form it has. */
export const reports: readonly Report[] = [...usual, ...troubled, ...machineReports, ...fileReports, ...changing]

/** A report as it was made, with what was asked among its messages. */
export interface Made extends Run {
  /** Text of the file that it writes. */
  readonly file?: string
}

/** Makes a report in a world. */
export async function made(report: Report, scene: Scene, texts: Texts): Promise<Made> {
  await report.prepare?.(scene, texts)
  const { screen, asked } = person(report.answers?.(texts))
  const run = await scene.run(report.words(texts), report.variables?.(texts, scene) ?? {}, {
    ...report.screen,
    ...screen,
  })
  const path = report.file?.path(scene, texts)
  const file = path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined
  return { ...run, stderr: run.stderr + asked(), ...(file === undefined ? {} : { file }) }
}

/** A text in XML, each character by its number. */
function references(text: string): string {
  return [...text].map((one) => `&#${one.codePointAt(0) ?? 0};`).join('')
}
