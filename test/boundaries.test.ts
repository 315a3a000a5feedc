import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { kindNames } from '../src/kinds/index.ts'

/** One import statement: what it names, and whether it vanishes when the types are stripped. */
interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
  /** Loaded only when the code gets there. */
  readonly later: boolean
}

const root = join(import.meta.dirname, '..')
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(join(root, 'src', file), 'utf8')]))
const imports = files.flatMap(importsOf)

/**
 * Which rooms a room may import from, besides itself: for what runs, and in addition for types alone. A room is a folder, or a part of
 * one that has a row of its own. Whatever is not listed is not allowed; a row names only rows above it, so that there can be no circle.
 */
const layers: Readonly<Record<string, { readonly code: readonly string[]; readonly types?: readonly string[] }>> = {
  model: { code: [] },
  text: { code: ['model'] },
  generated: { code: [], types: ['model'] },
  policies: { code: ['generated', 'model'] },
  local: { code: ['model'] },
  manifest: { code: ['generated', 'local', 'model', 'policies', 'text'] },
  aws: { code: ['model', 'policies', 'text'], types: ['manifest'] },
  access: { code: ['model', 'policies', 'text'] },
  kinds: { code: ['access', 'local', 'manifest', 'model', 'policies', 'text'], types: ['aws'] },
  plan: { code: ['access', 'generated', 'kinds', 'model', 'policies', 'text'], types: ['manifest'] },
  apply: { code: ['access', 'kinds', 'model', 'plan'] },
  login: { code: ['local', 'model', 'text'], types: ['manifest'] },
  console: { code: ['local', 'login', 'model'], types: ['manifest'] },
  doctor: { code: ['aws', 'local', 'login', 'model', 'plan', 'text'], types: ['manifest'] },
  'iam-policy': { code: ['aws', 'kinds', 'model'], types: ['manifest'] },
  terraform: { code: ['kinds', 'manifest', 'model', 'policies', 'text'], types: ['aws'] },
  init: { code: ['aws', 'kinds', 'manifest', 'model', 'plan', 'policies', 'text'] },
  revoke: { code: ['access', 'kinds', 'manifest', 'model', 'text'], types: ['plan'] },
  grant: { code: ['manifest', 'model', 'text'] },
  report: {
    code: ['doctor', 'kinds', 'model', 'plan', 'policies', 'text'],
    types: ['access', 'apply', 'console', 'local', 'login', 'revoke'],
  },
  sandbox: { code: ['generated', 'model', 'text'] },
  session: { code: ['aws', 'kinds', 'local', 'login', 'manifest', 'model', 'plan', 'report', 'sandbox', 'text'] },
  reconcile: {
    code: [
      ...['access', 'apply', 'aws', 'kinds', 'local', 'login', 'manifest', 'model', 'plan', 'policies', 'report'],
      ...['revoke', 'session', 'text'],
    ],
  },
  'doctor/run': {
    code: ['access', 'aws', 'doctor', 'kinds', 'local', 'login', 'manifest', 'model', 'report', 'session', 'text'],
  },
  'terraform/run': {
    code: ['kinds', 'local', 'model', 'plan', 'reconcile', 'session', 'terraform', 'text'],
    types: ['aws'],
  },
  'iam-policy/run': { code: ['aws', 'iam-policy', 'model', 'session', 'text'], types: ['manifest'] },
  'init/run': {
    code: [
      ...['aws', 'init', 'kinds', 'local', 'login', 'manifest', 'model', 'report', 'session', 'terraform', 'text'],
    ],
  },
  'console/run': { code: ['console', 'local', 'login', 'model', 'report', 'session', 'text'], types: ['manifest'] },
  'login/run': { code: ['aws', 'doctor', 'local', 'login', 'model', 'report', 'session', 'text'] },
  'revoke/run': {
    code: ['access', 'kinds', 'manifest', 'model', 'plan', 'reconcile', 'report', 'revoke', 'session', 'text'],
  },
  'grant/run': { code: ['grant', 'manifest', 'model', 'reconcile', 'session', 'text'] },
  adopt: { code: ['kinds', 'manifest', 'model', 'plan', 'text'] },
  'adopt/run': {
    code: ['adopt', 'kinds', 'model', 'plan', 'reconcile', 'report', 'session', 'text'],
  },
  serve: { code: ['local', 'manifest', 'model', 'sandbox', 'session', 'text'] },
  usage: { code: ['session'] },
  completion: { code: ['kinds', 'model', 'text'], types: ['manifest', 'policies', 'usage'] },
  'completion/run': { code: ['aws', 'completion', 'model', 'policies', 'session'] },
  commands: {
    code: [
      ...[
        'adopt/run',
        'completion',
        'completion/run',
        'console/run',
        'doctor/run',
        'grant',
        'grant/run',
        'iam-policy',
        'iam-policy/run',
        'init/run',
        'login/run',
        'reconcile',
        'report',
        'revoke/run',
        'terraform/run',
      ],
      ...['serve', 'session', 'text', 'usage'],
    ],
  },
  cli: { code: ['commands', 'model', 'plan', 'report', 'session', 'text'], types: ['local', 'usage'] },
  'cli.ts': { code: ['cli', 'local', 'session'] },
  'load.ts': { code: [] },
  'start.ts': { code: ['load.ts', 'session'] },
}

it('each room imports only from rooms below it', () => {
  const wrong = imports
    .filter(({ from, to }) => isOurs(to) && folderOf(from) !== folderOf(to))
    .filter(({ from, to, typeOnly }) => {
      const { code = [], types = [] } = layers[folderOf(from)] ?? {}
      return !code.includes(folderOf(to)) && !(typeOnly && types.includes(folderOf(to)))
    })
  expect(wrong.map(line)).toEqual([])
})

it('the layers name every room, each below those that use it', () => {
  expect(Object.keys(layers).toSorted()).toEqual([...new Set(files.map(folderOf))].toSorted())
  const order = Object.keys(layers)
  const upwards = order.flatMap((folder, place) =>
    [...(layers[folder]?.code ?? []), ...(layers[folder]?.types ?? [])]
      .filter((below) => order.indexOf(below) >= place)
      .map((below) => `${folder} -> ${below}`),
  )
  expect(upwards).toEqual([])
})

it('what is pure reaches nothing of the system, however far its imports go', () => {
  // Names of files, a hash and colours are computed; nothing is read or changed.
  const allowed = [
    'kinds/shell/startup-files.ts -> node:path',
    'plan/digest.ts -> node:crypto',
    'report/style.ts -> node:util',
  ]
  const pure = reachable(
    files.filter((file) => ['model', 'policies', 'access', 'kinds', 'plan', 'report'].includes(folderOf(file))),
  )
  const found = code().filter(({ from, to }) => pure.has(from) && to.startsWith('node:'))
  expect(found.map(line).filter((one) => !allowed.includes(one))).toEqual([])
})

it('help and version load neither the SDK nor YAML, nor what any command runs', () => {
  const atOnce = code().filter(({ later }) => !later)
  const loaded = reachable(['cli.ts'], atOnce)
  const heavy = atOnce.filter(({ from, to }) => loaded.has(from) && /^(@aws-sdk|@smithy|yaml$|ajv)/.test(to))
  expect(heavy.map(line)).toEqual([])
  const rooms = new Set([...loaded].map(folderOf))
  expect(['aws', 'kinds', 'manifest', 'reconcile', 'sandbox'].filter((room) => rooms.has(room))).toEqual([])
})

it('model imports nothing but itself and its persistent map', () => {
  const found = imports.filter(({ from, to }) => folderOf(from) === 'model' && !isOurs(to))
  expect(found.map(line)).toEqual(['model/state.ts -> immutable'])
})

for (const { title, what, where } of [
  { title: 'only aws imports the SDK', what: /^@(aws-sdk|smithy)\//, where: /^aws\// },
  {
    title: 'only local, the state of the sandbox, the source of a manifest and what starts the program import files',
    what: /^node:fs/,
    where: /^(local|sandbox\/state)\/|^manifest\/source\.ts$|^(start|load)\.ts$/,
  },
  { title: 'only local imports child processes', what: /^node:child_process/, where: /^local\// },
  {
    title: 'only the sandbox, cli.ts, the port that a browser comes back to and connections to AWS import the network',
    what: /^node:(http|https|net|tls|dgram)/,
    where: /^sandbox\/|^cli\.ts$|^local\/identity\/loopback\.ts$|^aws\/early\.ts$/,
  },
  { title: 'only cli.ts imports the process', what: /^node:process/, where: /^cli\.ts$/ },
])
  it(`${title}, types included`, () => {
    const found = imports.filter(({ from, to }) => what.test(to) && !where.test(from))
    expect(found.map(line)).toEqual([])
  })

for (const { title, pattern, unless = /$^/, where } of [
  // A lock names the process that holds it, and asks whether that still lives; elsewhere the word may be a parameter.
  {
    title: 'only start.ts, cli.ts, and the lock and the log of the sandbox, use the process',
    pattern: /(?<![.'\w-])process\.\w/,
    unless: /(const |\()process\b\s*[:=]/,
    where: /^(?:start|cli)\.ts$|^sandbox\/state\/(lock|log)\.ts$/,
  },
  {
    title: 'only cli.ts and the sandbox use the clock',
    pattern: /\bDate\.now\(|new Date\(\)/,
    where: /^cli\.ts$|^sandbox\//,
  },
  {
    title: 'only cli.ts and the sandbox use chance',
    pattern: /\bMath\.random\(|\brandom(Bytes|UUID|Int)\(/,
    where: /^cli\.ts$|^sandbox\//,
  },
  { title: 'only cli.ts uses the home folder', pattern: /\bhomedir\(/, where: /^cli\.ts$/ },
  {
    title:
      'one place says which characters steer a terminal; where else they are named, a text is judged or data are made',
    pattern: /\\p\{C[cf]?\}|\\u001b|\\x1b/,
    where: /^(generated|text)\/|^model\/(steering|setting)\.ts$|^manifest\/yaml-syntax\.ts$|^aws\/own-access\.ts$/,
  },
  {
    title: 'what is printed as JSON is written by jsonText, and parses to what it was',
    pattern: /\b(?:out|err)\([^)]*JSON\.stringify/,
    where: /^$/,
  },
  { title: 'nobody uses the console', pattern: /\bconsole\.(log|error|warn|info|debug|trace)\b/, where: /^$/ },
])
  it(title, () => {
    const found = [...texts]
      .map(([file, text]) => ({ file, text: withoutComments(text) }))
      .filter(({ file, text }) => !where.test(file) && pattern.test(text) && !unless.test(text))
    expect(found.map(({ file }) => file)).toEqual([])
  })

it('a file is taken in at a glance: at most 200 lines, tables of data apart', () => {
  const tables = ['aws/operations.ts', 'sandbox/state/tables.ts']
  const long = [...texts]
    .filter(([file]) => folderOf(file) !== 'generated' && !tables.includes(file))
    .map(([file, text]) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 200)
  expect(long).toEqual([])
})

it('the engine, the reports and the commands name no kind', () => {
  const rooms = [
    'plan',
    'apply',
    'report',
    'completion',
    'completion/run',
    'iam-policy',
    'init',
    'init/run',
    'session',
    'reconcile',
    'commands',
    'cli',
  ]
  const names = kindNames.map((name) => name.replace('-', '\\-')).join('|')
  const naming = new RegExp(
    [
      // kindNamed('user'), address('user', …), kinds.user, kinds['user'], selected.has('user')
      `\\b(?:kindNamed|address|has)\\('(?:${names})'`,
      `\\bkinds(?:\\.|\\[')(?:${names})\\b`,
      // state.user, live['permission-set'], kind === 'user'
      `\\b(?:state|live|desired|end|here)\\??\\.(?:user|group|membership|assignment|profile|shell)\\b`,
      `\\['(?:permission-set|sso-session)'\\]`,
      `\\bkind [!=]== '(?:${names})'`,
    ].join('|'),
  )
  const found = [...texts]
    .filter(([file]) => rooms.includes(folderOf(file)))
    .flatMap(([file, text]) =>
      withoutComments(text)
        .split('\n')
        .flatMap((one) => (naming.test(one) ? [`${file}: ${one.trim()}`] : [])),
    )
  expect(found).toEqual([])
})

it('what only needs the manifest loads neither kinds nor the SDK, and widths wait for what is not ASCII', () => {
  const now = code().filter(({ later }) => !later)
  const loaded = (file: string) => [...reachable([file], now)].map(folderOf)
  for (const file of ['start.ts', 'cli.ts', 'reconcile/validate.ts'])
    expect(loaded(file).filter((room) => ['aws', 'kinds', 'sandbox'].includes(room))).toEqual([])
  expect(imports.filter(({ to }) => to === 'string-width').map(({ from }) => from)).toEqual(['text/width.ts'])
})

it('what a comment cites can be found from this repository alone', () => {
  const legend = readFileSync(join(root, 'docs/sources.md'), 'utf8')
  const cited = [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/(?<!\.com\/)\b([A-Z]{2,4})\/[a-z][a-z0-9-]{3,}\b|\baws-facts\b|\bdesign \d/g)].map(
      ([found, short]) => ({
        file,
        found,
        short,
      }),
    ),
  )
  expect(cited.filter(({ short }) => short === undefined || !legend.includes(`\`${short}/`))).toEqual([])
})

function importsOf(from: string): Import[] {
  const text = withoutComments(texts.get(from) ?? '')
  const statements = /^(?:import|export)\s+(type\s+)?([\w\s{},*$]*?)\s*\bfrom\s+'([^']+)'/gm
  const others = /^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm
  return [
    ...[...text.matchAll(statements)].map(([, type, names = '', to = '']) => ({
      from,
      to: resolved(from, to),
      typeOnly: type !== undefined || onlyTypes(names),
      later: false,
    })),
    ...[...text.matchAll(others)].map(([, bare, later]) => ({
      from,
      to: resolved(from, bare ?? later ?? ''),
      typeOnly: false,
      later: later !== undefined,
    })),
  ]
}

function resolved(from: string, to: string): string {
  return to.startsWith('.') ? normalize(join(dirname(from), to)).replaceAll('\\', '/') : to
}

// `import { type A, type B }` leaves nothing that runs either.
function onlyTypes(names: string): boolean {
  const inner = /^\{([^}]*)\}$/.exec(names.trim())?.[1]?.split(',') ?? []
  const named = inner.map((name) => name.trim()).filter((name) => name !== '')
  return named.length > 0 && named.every((name) => name.startsWith('type '))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function isOurs(to: string): boolean {
  return texts.has(to)
}

// The narrowest room that a file is in.
function folderOf(file: string): string {
  const [folder = file, part] = file.split('/')
  const room = `${folder}/${part}`
  return room in layers ? room : folder
}

function code(): Import[] {
  return imports.filter(({ typeOnly }) => !typeOnly)
}

function reachable(start: readonly string[], by = code()): ReadonlySet<string> {
  const seen = new Set(start)
  for (const file of seen) for (const { from, to } of by) if (from === file && isOurs(to)) seen.add(to)
  return seen
}

function line({ from, to, typeOnly }: Import): string {
  return `${from} -> ${to}${typeOnly ? ' (types)' : ''}`
}

it('what is put into a command that is advised is quoted, so that a name runs nothing when it is pasted', () => {
  const quotes =
    /^(?:quoted|trailing|about|ofProfile|\w*Flags|flags?|again|at|words|saved)\b|\.map\((?:quoted|ofProfile)\)/
  // What is no word of a command, or was quoted by whoever calls.
  const known =
    /^(?:process\.|listed\(|label\(|consolePage|enabling|digest\.slice|shell$|profile$|(?:manifest|config)\.file$|file$|first$|ended$|shown\(named\))/
  const found = files.flatMap((file) =>
    [...(texts.get(file) ?? '').matchAll(/sso-reconcile [a-z]+(?:(?!sso-reconcile )[^`;"\n])*/g)].flatMap(([command]) =>
      [...command.matchAll(/\$\{([^}]*)\}/g)]
        .map(([, expression = '']) => expression)
        .filter((expression) => !quotes.test(expression) && !known.test(expression))
        .map((expression) => `${file}: ${expression}`),
    ),
  )
  expect(found).toEqual([])
})

it('a name that a command of ours takes without a flag in front of it is put there by what knows names that look like flags', () => {
  const bare = /sso-reconcile (?:apply|show|revoke|grant|login|console) ?\$\{(?:quoted|trailing)\(/
  expect(files.filter((file) => bare.test(texts.get(file) ?? ''))).toEqual([])
})
