import keepsTheSchema from '../generated/is-valid.js'
import { type Diagnostic, error, type Position, Refusal } from '../model/diagnostic.ts'
import type { Json } from '../model/json.ts'
import { actionResources } from '../policies/action-resources.ts'
import { knownForms } from '../policies/known-forms.ts'
import { knownNames } from '../policies/known-names.ts'
import { namesResourcesOfActions } from './checks/action-resources.ts'
import type { CheckContext } from './checks/check.ts'
import { checks } from './checks/index.ts'
import { inlineStatements, listOf } from './checks/inline-statements.ts'
import { spellingOf } from './checks/spelling.ts'
import { unlessConsequence, unlessOfUnread } from './consequences.ts'
import type { Finding, Path } from './finding.ts'
import { type Placed, sorted } from './in-order.ts'
import { standingAlone } from './include/alone.ts'
import type { Bound, Joined, Part } from './include/joined.ts'
import type { IncludeReading } from './include/read.ts'
import { places } from './places.ts'
import { type PolicyFiles, readPolicyFiles } from './policy-file.ts'
import { isManifestText } from './private-text.ts'
import { plainAdvice } from './slips/wide.ts'
import type { Source } from './source.ts'
import type { Manifest } from './types.ts'
import type { Variables } from './variables.ts'
import { at, entries } from './view.ts'
import { parseYaml } from './yaml-syntax.ts'
import { readTree, type Tree } from './yaml-tree.ts'

export type { Path } from './finding.ts'
export type { Bound, Part } from './include/joined.ts'
export { readManifestFile, type Source } from './source.ts'

/** A manifest that passed every offline check. */
export interface LoadedManifest {
  readonly file: string
  /** Variables filled in, account ids as texts, durations as written, policy files in place as `inline_policy`. */
  readonly manifest: Manifest
  readonly warnings: readonly Diagnostic[]
  /** The files it was read from, itself first; absent where it includes none. */
  readonly parts?: readonly Part[]
  /** Where rules of included files may assign. */
  readonly bounds?: readonly Bound[]
  /** Where the key or the value at `path` stands; where the nearest existing ancestor stands when it is absent. */
  position(path: Path, of?: 'key' | 'value'): Position | undefined
}

/** What loading needs from outside. */
export interface LoadOptions {
  readonly env: Variables['env']
  /** Variables that the manifest may take besides those that begin with `SSO_`. */
  readonly allowed?: Variables['allowed']
  /** Takes names in policies that are nearly names of AWS. */
  readonly allowUnknown?: boolean
  /** For the warning about `until` dates that have passed; no warning without it. */
  readonly today?: Date
  /** Reads a policy file, which a manifest or an included file names relative to its folder. */
  readPolicy(named: string, from: string): Promise<string>
  /** Reads what the manifest includes; without it, nothing can be included. */
  readonly included?: IncludeReading
  /** Finds the manifest that includes this one, which then is none by itself. */
  includer?(variables: Variables): Promise<string | undefined>
  /** Receives the texts that were read and may be shown, by file, for the code frames of diagnostics. */
  readonly sources?: Map<string, string>
}

/** Reads and checks a manifest. Throws a Refusal that holds all errors, in the order of the file. */
export async function loadManifest(source: Source, options: LoadOptions): Promise<LoadedManifest> {
  const { env, allowed = new Set(), allowUnknown = false, today, sources } = options
  if (!isManifestText(source.text)) throw new Refusal(noManifest(source))
  sources?.set(source.file, source.text)
  const syntax = parseYaml(source)
  const variables = { env, allowed }
  const top = readTree(syntax, { variables, place: places })
  const joined = await joinedIn(source, top, options, variables)
  const tree = joined?.tree ?? top
  if (joined && joined.problems.length > 0)
    throw new Refusal(sorted([...joined.problems, ...tree.diagnostics], source.file).errors)
  const reading = { read: options.readPolicy, ...(sources && { sources }) }
  const policies = await readPolicyFiles(tree, reading)
  const { manifest } = policies
  const context = { ...(await knownFor(manifest, allowUnknown)), ...(today === undefined ? {} : { today }) }
  const locate = locator(tree, policies)
  const read = [...tree.diagnostics, ...policies.diagnostics]
  const found = await standingAlone(await findingsOf(manifest, context), manifest, async () =>
    options.includer?.(variables),
  )
  const placed = found
    .filter(unlessOfUnread(found, read))
    .map((one) => place(withPlainAdvice(one, manifest), locate, tree))
  const { errors, warnings } = sorted([...read, ...placed.filter(unlessConsequence(read))], source.file)
  if (errors.length > 0) throw new Refusal(errors)
  const files = joined && { parts: joined.parts, bounds: joined.bounds }
  const position = (path: Path, of: 'key' | 'value' = 'value') => locate(path, of)
  return { file: source.file, manifest: valid(manifest), warnings, ...files, position }
}

// A manifest of one file needs none of it.
async function joinedIn(
  source: Source,
  top: Tree,
  { included, sources }: LoadOptions,
  variables: Variables,
): Promise<Joined | undefined> {
  if (at(top.value, 'include') === undefined) return undefined
  const { joinedWith } = await import('./include/joined.ts')
  return joinedWith(source, top, { reading: included, variables, sources })
}

const policyKeys = ['managed_policies', 'inline_policy', 'permissions_boundary']

function namesActions(manifest: Json): boolean {
  const sets = entries(at(manifest, 'permission_sets'))
  return (
    at(manifest, 'limits') !== undefined || sets.some(([, set]) => policyKeys.some((key) => at(set, key) !== undefined))
  )
}

/** What is known of AWS, as much as the manifest has use for: to read it takes its time. */
async function knownFor(manifest: Json, allowUnknown: boolean): Promise<Omit<CheckContext, 'today'>> {
  if (!namesActions(manifest)) return {}
  const [names, forms, resources] = await Promise.all([
    knownNames(),
    hasForms(manifest) ? knownForms() : undefined,
    namesResourcesOfActions(manifest) ? actionResources() : undefined,
  ])
  const some = { ...(forms === undefined ? {} : { forms }), ...(resources === undefined ? {} : { resources }) }
  return { spelling: spellingOf(names, allowUnknown), ...some }
}

function hasForms(manifest: Json): boolean {
  return inlineStatements(manifest).some(
    ([path, one]) =>
      at(one, 'Condition') !== undefined ||
      ['Resource', 'NotResource'].some((key) => listOf(at(one, key), path).some(([, resource]) => resource !== '*')),
  )
}

/** Of a file that may be anything nothing is shown, not even the line where it stops making sense. */
function noManifest({ file, text }: Source): Diagnostic {
  const isEmpty = text.split(/\r?\n/).every((line) => /^\s*(?:#|$)/.test(line))
  const at = { file, line: 1, column: 1 }
  if (isEmpty) {
    const hint = 'run "sso-reconcile init" to write a manifest, or start with version: 1'
    return error('manifest-empty', `${file} is empty`, { hint, at })
  }
  const hint = text.includes('\0')
    ? 'it contains a NUL byte, which no text has: save it as text in UTF-8, or name another file with -f'
    : 'start it with version: 1 and identity_center:, or name another file with -f'
  return error('manifest', `${file} is not a manifest, so its content is not shown`, { hint, at })
}

/** The schema is the source of the types, so a value without findings has the type. */
function valid(manifest: Json): Manifest {
  return manifest as unknown as Manifest
}

type Locate = (path: Path, of: 'key' | 'value') => Position

/** Positions below an inline policy that came from a file lie in that file. */
function locator(tree: Tree, { trees }: PolicyFiles): Locate {
  return (path, of) => {
    const [section, name, key, ...rest] = path
    const policy = section === 'permission_sets' && key === 'inline_policy' ? trees.get(String(name)) : undefined
    return policy === undefined ? tree.locate(path, of) : policy.locate(rest, of)
  }
}

/** Beyond so many errors of its shape, nothing more is asked of a manifest. */
const enough = 1000

async function findingsOf(manifest: Json, context: CheckContext): Promise<readonly Finding[]> {
  const shape = await shapeFindings(manifest)
  return shape.length > enough ? shape : [...shape, ...checks.flatMap((check) => check(manifest, context))]
}

/** What can explain which rules are broken is four times as long as what can tell that none is. */
async function shapeFindings(manifest: Json): Promise<readonly Finding[]> {
  if (keepsTheSchema(manifest)) return []
  const { schemaFindings } = await import('./schema-errors.ts')
  return schemaFindings(manifest)
}

/** A text of an input method that is one in plain letters: to type those is the better advice. */
function withPlainAdvice(one: Finding, manifest: Json): Finding {
  if (one.severity !== 'error') return one
  const text = one.of === 'key' ? one.path.at(-1) : at(manifest, ...one.path)
  const hint = typeof text === 'string' ? plainAdvice(text) : undefined
  return hint === undefined ? one : { ...one, hint }
}

function place({ path, of, other, ...rest }: Finding, locate: Locate, tree: Tree): Placed {
  const at = locate(path, of)
  const alias = tree.alias(path)
  const message = alias === undefined ? rest.message : `${rest.message} (repeated by the alias on line ${alias.line})`
  const first = other && locate(other, 'key')
  // Within one file the name says where.
  const where = first && first.file !== at.file ? ` (${first.file}:${first.line}:${first.column})` : ''
  return { ...rest, message: `${message}${where}`, at }
}
