import type { Json } from '../../model/json.ts'
import type { KnownNames } from '../../policies/known-names.ts'
import { hasWildcards, matchesWildcards } from '../../policies/wildcards.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at } from '../view.ts'
import type { Check } from './check.ts'
import { inlineStatements, listOf } from './inline-statements.ts'
import type { Spelling } from './spelling.ts'

const code = 'action-name'
const reference = 'AWS lists services and their actions in the Service Authorization Reference'

/** Services and actions of inline policies and limits: what AWS does not know has no effect, and nobody else says so. */
export const checkActionNames: Check = (manifest, { spelling }) => {
  if (spelling === undefined) return []
  const isKnown = knownActions()
  return actionsIn(manifest).flatMap(([path, action]) =>
    typeof action === 'string' ? finding(action, path, spelling, isKnown) : [],
  )
}

function actionsIn(manifest: Json): readonly (readonly [Path, Json])[] {
  const statements = inlineStatements(manifest).flatMap(([path, statement]) =>
    ['Action', 'NotAction'].flatMap((key) => listOf(at(statement, key), [...path, key])),
  )
  // What is no action at all, the schema says.
  const limits = listOf(at(manifest, 'limits'), ['limits']).filter(([, one]) => String(one).includes(':'))
  return [...statements, ...limits]
}

type IsKnown = (name: string, actions: ReadonlyMap<string, string>) => boolean

function finding(action: string, path: Path, spelling: Spelling, isKnown: IsKnown): readonly Finding[] {
  const { names } = spelling
  if (/^\*+$/.test(action)) return []
  const colon = action.indexOf(':')
  if (colon < 0) return [withoutService(action, path, names)]
  const [service, name] = [action.slice(0, colon), action.slice(colon + 1)]
  if (hasWildcards(service)) return []
  const actions = names.actionsOf(service)
  if (actions === undefined) return [unknownService(service, name, path, spelling)]
  if (isKnown(name, actions)) return []
  const what = hasWildcards(name)
    ? `no action of ${service} matches ${quote(name)}`
    : `${service} has no action ${quote(name)}`
  const likely = hasWildcards(name) ? undefined : spelling.meant(name, actions.values())
  return [found(what, likely && `${service}:${likely}`, path, spelling)]
}

/** Wildcards are tried with every action, each pattern once, and at most so many of them: a manifest with more is no work of a person. */
function knownActions(): IsKnown {
  const mostPatterns = 2000
  const seen = new Map<ReadonlyMap<string, string>, Map<string, boolean>>()
  let tried = 0
  return (name, actions) => {
    const plain = name.toLowerCase()
    if (!hasWildcards(plain)) return actions.has(plain)
    const answers = seen.get(actions) ?? new Map<string, boolean>()
    seen.set(actions, answers)
    const answer =
      answers.get(plain) ?? (++tried > mostPatterns || [...actions.keys()].some((one) => matchesWildcards(plain, one)))
    answers.set(plain, answer)
    return answer
  }
}

// IAM refuses such a document: "Actions/Conditions must be prefaced by a vendor".
function withoutService(action: string, path: Path, names: KnownNames): Finding {
  const plain = action.toLowerCase()
  const hint = () => {
    const owners = names.services.filter((one) => names.actionsOf(one)?.has(plain))
    const [first] = owners.sort((a, b) => a.length - b.length)
    return first === undefined
      ? 'write SERVICE:ACTION, for example s3:GetObject'
      : `did you mean ${quote(`${first}:${action}`)}?`
  }
  return atValue(path, 'action-form', `${quote(action)} names no service`, hint)
}

function unknownService(service: string, name: string, path: Path, spelling: Spelling): Finding {
  const likely = spelling.meant(service, spelling.names.services)
  return found(`AWS has no service ${quote(service)}`, likely && `${likely}:${name}`, path, spelling)
}

function found(what: string, likely: string | undefined, path: Path, spelling: Spelling): Finding {
  const day = spelling.names.actionsAsOf
  if (likely !== undefined) return spelling.misspelt(path, code, what, likely, day)
  return asWarning(atValue(path, code, `${what} as of ${day}, so it has no effect`, reference))
}
