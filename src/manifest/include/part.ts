import { type Diagnostic, error, Refusal } from '../../model/diagnostic.ts'
import { isObject, type Json } from '../../model/json.ts'
import { didYouMean, type Finding, hintOf, listed, quote } from '../finding.ts'
import { places } from '../places.ts'
import { isManifestText, isSection } from '../private-text.ts'
import { schemaFindings } from '../schema-errors.ts'
import type { Source } from '../source.ts'
import type { Variables } from '../variables.ts'
import { at, entries, keys } from '../view.ts'
import { parseYaml } from '../yaml-syntax.ts'
import { readTree, type Tree } from '../yaml-tree.ts'
import { isJoined, joinedSections } from './whose.ts'

/** What an included file says, and why it cannot be joined. */
export interface PartReading {
  readonly tree?: Tree
  readonly problems: readonly Diagnostic[]
}

/** Reads the text of an included file as the part of a manifest that it is. `manifest` is the file that includes it. */
export function readPart(source: Source, manifest: string, variables: Variables): PartReading {
  if (!isManifestText(source.text)) return { problems: [noPart(source)] }
  try {
    const tree = readTree(parseYaml(source), { variables, place: places })
    const problems = partFindings(tree.value, source.file, manifest).map((one) => placed(one, tree))
    return { tree, problems }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { problems: thrown.diagnostics }
  }
}

/** Of a file that may be anything nothing is shown. */
function noPart({ file, text }: Source): Diagnostic {
  const place = { file, line: 1, column: 1 }
  const isEmpty = text.split(/\r?\n/).every((line) => /^\s*(?:#|$)/.test(line))
  if (!isEmpty) {
    const hint = 'start it with version: 1, or take it out of include'
    return error('manifest', `${file} is not a part of a manifest, so its content is not shown`, { hint, at: place })
  }
  const hint = 'if it declares nothing, write version: 1 into it: an empty file may be one that was cut off'
  return error('manifest-empty', `${file} is included and empty`, { hint, at: place })
}

function placed({ path, of, ...rest }: Finding, tree: Tree): Diagnostic {
  const { hint: _hint, ...said } = rest
  const hint = hintOf(rest)
  return { ...said, ...(hint === undefined ? {} : { hint }), at: tree.locate(path, of) }
}

/** What is wrong with an included file as such. What is wrong inside its sections is told once they are joined. Pure. */
function partFindings(value: Json, file: string, manifest: string): readonly Finding[] {
  if (!isObject(value)) return schemaFindings(value)
  return [
    ...(at(value, 'version') === undefined ? [noVersion(file)] : []),
    ...keys(value).flatMap((key) => wrongKey(key, manifest)),
    ...entries(value).flatMap(([key, one]) => wrongShape(key, one)),
  ]
}

function noVersion(file: string): Finding {
  const message = `${file} has no version`
  return { severity: 'error', code: 'key-missing', message, hint: 'add version: 1', path: [], of: 'key' }
}

function wrongKey(key: string, manifest: string): readonly Finding[] {
  const known = ['version', ...Object.keys(joinedSections)]
  if (known.includes(key)) return []
  const finding = { severity: 'error', path: [key], of: 'key' } as const
  if (!isSection(key)) {
    const hint = didYouMean(key, known, `an included file may have: ${listed(known)}`)
    return [{ ...finding, code: 'key-unknown', message: `unknown key ${quote(key)} in the manifest`, hint }]
  }
  const message = key === 'include' ? 'an included file includes no others' : `${key} is not for included files`
  return [{ ...finding, code: 'include-section', message, hint: `write it into ${manifest}, which includes this file` }]
}

/** How a section has to be built so that it can be joined. */
function wrongShape(key: string, value: Json): readonly Finding[] {
  if (key !== 'version' && !isJoined(key)) return []
  const isBuilt =
    key === 'version' ? value === 1 : joinedSections[key] === 'list' ? Array.isArray(value) : isObject(value)
  const areLists = key !== 'version' && joinedSections[key] === 'lists'
  if (isBuilt && !(areLists && entries(value).some(([, one]) => !Array.isArray(one)))) return []
  const whole = { version: 1, identity_center: { region: 'eu-west-1' }, [key]: value }
  return schemaFindings(whole).filter(({ path }) => path[0] === key && path.length <= (areLists ? 2 : 1))
}
