import { dirname, isAbsolute, join } from 'node:path'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { parsePolicy } from '../policies/document.ts'
import { at, entries, textAt } from './view.ts'
import { parseYaml } from './yaml-syntax.ts'
import { readTree, type Tree } from './yaml-tree.ts'

/** What reading the policy files of a manifest gave. */
export interface PolicyFiles {
  /** The manifest with each policy in place as `inline_policy`. */
  readonly manifest: Json
  /** The texts' trees by permission set, for positions inside the files. */
  readonly trees: ReadonlyMap<string, Tree>
  readonly diagnostics: readonly Diagnostic[]
}

/** What reading policy files needs. */
export interface PolicyReading {
  read(path: string): Promise<string>
  readonly sources?: Map<string, string>
}

/** Reads every `inline_policy_file`, relative to the manifest's folder, and puts it in place. */
export async function readPolicyFiles(file: string, tree: Tree, options: PolicyReading): Promise<PolicyFiles> {
  const sets = entries(at(tree.value, 'permission_sets'))
  const trees = new Map<string, Tree>()
  const diagnostics: Diagnostic[] = []
  for (const [name, set] of sets) {
    const written = textAt(set, 'inline_policy_file')
    if (written === undefined || written === '') continue
    const policy = await readPolicy(file, tree, name, set, written, options).catch(refusedAs(diagnostics))
    if (policy !== undefined) trees.set(name, policy)
    diagnostics.push(...(policy?.diagnostics ?? []))
  }
  return { manifest: inPlace(tree.value, trees), trees, diagnostics }
}

async function readPolicy(
  file: string,
  tree: Tree,
  name: string,
  set: Json,
  written: string,
  options: PolicyReading,
): Promise<Tree> {
  const place = (key: string) => tree.locate(['permission_sets', name, key], 'value')
  if (at(set, 'inline_policy') !== undefined) throw new Refusal(twoPolicies(place('inline_policy_file')))
  const path = isAbsolute(written) ? written : join(dirname(file), written)
  const text = await options.read(path).catch((cause: unknown) => {
    throw unreadable(cause, path, place('inline_policy_file'))
  })
  options.sources?.set(path, text)
  return policyTree(path, text)
}

function twoPolicies(position: Diagnostic['at']): Diagnostic {
  const hint = 'keep inline_policy or inline_policy_file'
  const message = 'a permission set has one inline policy, but this one has both a document and a file'
  return error('policy-both', message, position === undefined ? { hint } : { hint, at: position })
}

/** The reader's own refusal is shown where the manifest names the file. */
function unreadable(cause: unknown, path: string, position: ReturnType<Tree['locate']>): unknown {
  if (cause instanceof Refusal)
    return new Refusal(
      cause.diagnostics.map((one) => ({ ...one, at: position })),
      { cause },
    )
  const reason = cause instanceof Error ? cause.message : String(cause)
  const hint = 'the path is relative to the folder of the manifest'
  return new Refusal(error('file-unreadable', `${path} cannot be read: ${reason}`, { hint, at: position }), { cause })
}

/** JSON is read as JSON, so that nothing YAML would allow slips in; YAML also gives the positions. */
function policyTree(path: string, text: string): Tree {
  const rules = { env: {}, place: () => 'policy' as const }
  const tree = readTree(parseYaml({ file: path, text }), rules)
  if (/\.ya?ml$/i.test(path)) return tree
  try {
    return { ...tree, value: parsePolicy(text.replace(/^\uFEFF/, '')) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const place = tree.locate([], 'value')
    const hint = 'write JSON, or name the file .yaml'
    throw new Refusal(error('policy-json', `the policy file is not JSON: ${reason}`, { hint, at: place }), { cause })
  }
}

function refusedAs(diagnostics: Diagnostic[]): (cause: unknown) => undefined {
  return (cause) => {
    if (!(cause instanceof Refusal)) throw cause
    diagnostics.push(...cause.diagnostics)
    return undefined
  }
}

function inPlace(manifest: Json, trees: ReadonlyMap<string, Tree>): Json {
  const sets = at(manifest, 'permission_sets')
  if (trees.size === 0 || !isObject(manifest) || !isObject(sets)) return manifest
  const complete = Object.entries(sets).map(([name, set]): [string, Json] => {
    const policy = trees.get(name)
    return [name, policy !== undefined && isObject(set) ? { ...set, inline_policy: policy.value } : set]
  })
  const result: JsonObject = { ...manifest, permission_sets: Object.fromEntries(complete) }
  return result
}
