import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { parsePolicy } from '../policies/document.ts'
import { jsonTrouble } from './json-trouble.ts'
import { isPolicyDocument } from './private-text.ts'
import { pathOf } from './source.ts'
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
  /** Gives the text of a file that another one names, relative to its folder. */
  read(named: string, from: string): Promise<string>
  readonly sources?: Map<string, string>
}

/** Reads every `inline_policy_file`, relative to the folder of the file that names it, and puts it in place. */
export async function readPolicyFiles(tree: Tree, options: PolicyReading): Promise<PolicyFiles> {
  const sets = entries(at(tree.value, 'permission_sets'))
  const trees = new Map<string, Tree>()
  const diagnostics: Diagnostic[] = []
  for (const [name, set] of sets) {
    const written = textAt(set, 'inline_policy_file')
    if (written === undefined || written === '') continue
    const policy = await readPolicy(tree, name, set, written, options).catch(refusedAs(diagnostics))
    if (policy !== undefined) trees.set(name, policy)
    for (const one of policy?.diagnostics ?? []) diagnostics.push(one)
  }
  return { manifest: inPlace(tree.value, trees), trees, diagnostics }
}

async function readPolicy(tree: Tree, name: string, set: Json, written: string, options: PolicyReading): Promise<Tree> {
  const place = (key: string) => tree.locate(['permission_sets', name, key], 'value')
  if (at(set, 'inline_policy') !== undefined) throw new Refusal(twoPolicies(place('inline_policy_file')))
  const { file } = place('inline_policy_file')
  const path = pathOf(file, written)
  const text = await options.read(written, file).catch((cause: unknown) => {
    throw unreadable(cause, path, place('inline_policy_file'))
  })
  const policy = policyTree(path, text)
  if (!isPolicyDocument(policy.value)) throw new Refusal(noPolicy(path, policy))
  options.sources?.set(path, text)
  return policy
}

function noPolicy(path: string, { value }: Tree): Diagnostic {
  const code = value === null ? 'value-empty' : isObject(value) ? 'policy-file' : 'value-type'
  const hint = 'name a policy file; the content of other files is not shown'
  const at = { file: path, line: 1, column: 1 }
  return error(code, `${path} is not a policy document; expected a map with Version and Statement`, { hint, at })
}

function twoPolicies(position: Diagnostic['at']): Diagnostic {
  const hint = 'remove one of the two'
  const message = 'the permission set has both inline_policy and inline_policy_file; only one is allowed'
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
  const plain = text.replace(/^\uFEFF/, '')
  const isJson = !/\.ya?ml$/i.test(path)
  const syntax = silently(() => parseYaml({ file: path, text }), isJson ? 'JSON' : 'YAML')
  const tree = readTree(syntax, { variables: { env: {}, allowed: new Set() }, place: () => 'policy' })
  if (!isJson) return tree
  const trouble = jsonTrouble(plain)
  if (trouble === undefined) return { ...tree, value: parsePolicy(plain) }
  const message = `the policy file is not JSON: expected ${trouble.expected}`
  const at = syntax.span(trouble.offset, trouble.offset)
  throw new Refusal(error('policy-json', message, { hint: 'write JSON, or name the file .yaml', at }))
}

/** What cannot be parsed may be any file, so the place is told and nothing of what is there. */
function silently<T>(parse: () => T, language: string): T {
  try {
    return parse()
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const hint = `check this part of the file; expected a policy in ${language}`
    throw new Refusal(
      thrown.diagnostics.map((one) =>
        one.code === 'yaml-syntax' ? { ...one, message: `the policy file is not valid ${language} here`, hint } : one,
      ),
    )
  }
}

function refusedAs(diagnostics: Diagnostic[]): (cause: unknown) => undefined {
  return (cause) => {
    if (!(cause instanceof Refusal)) throw cause
    for (const one of cause.diagnostics) diagnostics.push(one)
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
