import type { Operation } from '../../model/operation.ts'
import type { Plan } from '../../model/plan.ts'
import { isNothing } from '../../model/rights.ts'
import { rightsWords, riskSentence } from '../../plan/rights-words.ts'
import { hanging, wrapped } from '../../text/wrap.ts'
import type { Style } from '../style.ts'

/** Where the words begin: as far in as the values of fields. */
const column = 26

/** What a change of a permission set gives and takes, and what can be done with it, one or more lines each. */
export function rightsLines(operation: Operation, width: number, style: Style): string[] {
  const paints = { gives: style.create, 'lets them': style.update, takes: style.remove }
  return parts(operation).flatMap(([label, text]) => labelled(label, text, width, paints[label]))
}

/** The same as sentences. */
export function rightsTold(operation: Operation): string[] {
  return parts(operation).map(([label, text]) => `${label}: ${text}`)
}

function parts({ rights }: Operation): (readonly [label: 'gives' | 'lets them' | 'takes', text: string])[] {
  if (!rights) return []
  const { gives, takes } = rights
  return [
    ...(isNothing(gives) ? [] : [['gives', rightsWords(gives)] as const]),
    ...gives.risks.map((one) => ['lets them', riskSentence(one)] as const),
    ...(isNothing(takes) ? [] : [['takes', rightsWords(takes)] as const]),
  ]
}

// Too narrow a terminal has no room for two columns.
function labelled(label: string, text: string, width: number, paint: (text: string) => string): string[] {
  const indent = width < 70 ? 8 : column
  const [first = '', ...more] = hanging(text, width, indent).map(
    (line) => line.slice(0, indent) + paint(line.slice(indent)),
  )
  return indent === column
    ? [`      ${label}`.padEnd(indent) + first.trimStart(), ...more]
    : [`      ${label}`, first, ...more]
}

/** Where what policies of AWS allow is known from, as a sentence. */
export function listAgeWords(day: string): string {
  return `What policies of AWS allow is as of ${day}, the day of the list that comes with this version.`
}

/** The same as lines of a plan; none where nothing of it is from the list. */
export function listAge({ policiesAsOf }: Plan, width: number, style: Style): string[] {
  return policiesAsOf === undefined ? [] : wrapped(listAgeWords(policiesAsOf), width, 0).map(style.faint)
}
