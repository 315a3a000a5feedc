import type { Json } from '../../model/json.ts'
import type { KnownNames } from '../../policies/known-names.ts'
import { hasWildcards, matchesWildcards } from '../../policies/wildcards.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at } from '../view.ts'
import type { Check } from './check.ts'
import { inlineStatements, listOf } from './inline-statements.ts'
import { orNewer, type Spelling } from './spelling.ts'

const code = 'action-name'
const reference = 'AWS lists services and their actions in the Service Authorization Reference'

/** Services and actions of inline policies and limits: what AWS does not know has no effect, and nobody else says so. */
export const checkActionNames: Check = (manifest, { spelling }) => {
  if (spelling === undefined) return []
  const isKnown = knownActions()
  const findings = (actions: Paths, judge: typeof finding) =>
    actions.flatMap(([path, action]) => (typeof action === 'string' ? judge(action, path, spelling, isKnown) : []))
  return [...findings(actionsIn(manifest), statementFinding), ...findings(limitsIn(manifest), finding)]
}

type Paths = readonly (readonly [Path, Json])[]

function actionsIn(manifest: Json): Paths {
  return inlineStatements(manifest).flatMap(([path, statement]) =>
    ['Action', 'NotAction'].flatMap((key) => listOf(at(statement, key), [...path, key])),
  )
}

// What is no action at all, the schema says.
function limitsIn(manifest: Json): Paths {
  return listOf(at(manifest, 'limits'), ['limits']).filter(([, one]) => String(one).includes(':'))
}

// IAM refuses what is not one service and one name: "Vendor a_b is not valid", "Actions/Condition can contain only one colon".
const statementForm = /^(?:[A-Za-z0-9*?-]+:[^:]+|[^:]*)$/

function statementFinding(action: string, path: Path, spelling: Spelling, isKnown: IsKnown): readonly Finding[] {
  if (statementForm.test(action)) return finding(action, path, spelling, isKnown)
  const message = `${quote(action)} is not SERVICE:ACTION, which IAM refuses`
  return [atValue(path, 'action-form', message, 'write one service and one action, for example s3:Get*')]
}

type IsKnown = (name: string, actions: ReadonlyMap<string, string>) => boolean

function finding(action: string, path: Path, spelling: Spelling, isKnown: IsKnown): readonly Finding[] {
  const trouble = actionTrouble(action, spelling, isKnown)
  if (trouble === undefined) return []
  const { what, likely, form } = trouble
  if (form) return [atValue(path, 'action-form', what, form)]
  const day = spelling.names.actionsAsOf
  if (likely !== undefined) return [spelling.misspelt(path, code, what, likely, day)]
  if (path[0] === 'limits')
    return [
      spelling.unlessAllowed(
        atValue(path, code, `${what} as of ${day}, so this limit stops nothing`, orNewer(`${reference}.`, day)),
      ),
    ]
  return [asWarning(atValue(path, code, `${what} as of ${day}, so it has no effect`, reference))]
}

/** What is wrong with an action, which may hold wildcards. */
interface ActionTrouble {
  readonly what: string
  /** The action that was surely meant. */
  readonly likely?: string | undefined
  /** Only of what is no action: what to write instead. */
  readonly form?: () => string
}

/** What is wrong with an action by its name; undefined for one that AWS knows. */
export function actionTrouble(
  action: string,
  { names, meant }: Pick<Spelling, 'names' | 'meant'>,
  isKnown = knownActions(),
): ActionTrouble | undefined {
  if (/^\*+$/.test(action)) return undefined
  const colon = action.indexOf(':')
  if (colon < 0) return withoutService(action, names)
  const [service, name] = [action.slice(0, colon), action.slice(colon + 1)]
  if (hasWildcards(service)) return undefined
  const actions = names.actionsOf(service)
  if (actions === undefined) {
    const likely = meant(service, names.services)
    return { what: `AWS has no service ${quote(service)}`, likely: likely && `${likely}:${name}` }
  }
  if (isKnown(name, actions)) return undefined
  if (hasWildcards(name)) return { what: `no action of ${service} matches ${quote(name)}` }
  const likely = meant(name, actions.values())
  return { what: `${service} has no action ${quote(name)}`, likely: likely && `${service}:${likely}` }
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
function withoutService(action: string, names: KnownNames): ActionTrouble {
  const plain = action.toLowerCase()
  const form = () => {
    const owners = names.services.filter((one) => names.actionsOf(one)?.has(plain))
    const [first] = owners.sort((a, b) => a.length - b.length)
    return first === undefined
      ? 'write SERVICE:ACTION, for example s3:GetObject'
      : `did you mean ${quote(`${first}:${action}`)}?`
  }
  return { what: `${quote(action)} names no service`, form }
}
