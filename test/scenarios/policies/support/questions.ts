import { asList } from '../../../../src/policies/document.ts'
import type { KnownNames } from '../../../../src/policies/known-names.ts'

/** One action on one resource. */
export interface Question {
  readonly action: string
  readonly resource: string
}

/** A question with wildcards, and questions without that it stands for. */
export interface WideQuestion {
  readonly action: string
  readonly resource?: string
  readonly fillings: readonly Question[]
}

interface Statement {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
}

export type Document = { readonly Statement: object | readonly object[] }

const foreign = 'arn:aws:braket:eu-west-1:999988887777:job/none'

function statementsIn(document: Document): readonly Statement[] {
  return asList(document.Statement as never).map((one) => {
    const { Action, NotAction, Resource, NotResource } = one as unknown as Readonly<Record<string, string | undefined>>
    const texts = (value: string | undefined) => asList(value ?? []) as string[]
    return { actions: texts(Action ?? NotAction), resources: texts(Resource ?? NotResource) }
  })
}

/** Questions about what a document names, about what its wildcards stand for, and about what is next to it. */
export function questionsAbout(document: Document, names: KnownNames): readonly Question[] {
  const statements = statementsIn(document)
  const elsewhere = spread(
    statements.flatMap(({ resources }) => resources.flatMap(filledIn)),
    2,
  )
  const all = spread(statements, 8).flatMap(({ actions, resources }) => {
    const written = spread(actions, 3).flatMap((one) => made(one, names))
    const asked = [...new Set([...written, ...spread(actions, 1).flatMap((one) => neighbours(one, names))])]
    const on = [...new Set([...spread(resources, 2).flatMap(filledIn), ...elsewhere, foreign])]
    return asked.flatMap((action) => on.map((resource) => ({ action, resource })))
  })
  return spread(all, 36)
}

/** Questions with wildcards about a document: its own patterns, whole services, everything. */
export function wideQuestionsAbout(document: Document, names: KnownNames): readonly WideQuestion[] {
  const statements = statementsIn(document)
  const all = spread(
    statements.flatMap(({ resources }) => resources),
    2,
  )
  return spread(statements, 3).flatMap(({ actions, resources }) => {
    const asked = [...spread(actions, 1), ...spread(actions, 1).map((one) => `${one.split(':')[0]}:*`), '*:*']
    const on = [undefined, ...spread(resources, 1).filter((one) => !one.includes('${'))]
    return asked.flatMap((action) =>
      on.map((resource) => {
        const own = [...spread(resources, 2), ...all].map((one) => filledIn(one)[0] ?? one)
        const resourcesAsked = resource === undefined ? [...own, foreign, '*'] : filledIn(resource).slice(0, 2)
        const inside = action.endsWith(':*') ? actions.slice(0, 1) : []
        const fillings = [...inside, action]
          .flatMap((one) => spread(made(one, names), 2))
          .flatMap((one) => resourcesAsked.map((other) => ({ action: one, resource: other })))
        return { action, fillings, ...(resource === undefined ? {} : { resource }) }
      }),
    )
  })
}

/** Some of a list, from all of its parts. */
export function spread<T>(list: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, list.length / count)
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => list[Math.floor(at * step)] as T)
}

/** Actions that a pattern stands for: known ones, and one that is not known. */
function made(pattern: string, names: KnownNames): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern]
  const text = /^\*+$/.test(pattern) ? '*:*' : pattern
  const [service = '*', name = '*'] = text.split(':')
  const services = service === '*' ? ['iam', 's3', 'braket'] : [service]
  const fits = new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
  return services.flatMap((one) => {
    const known = [...(names.actionsOf(one)?.values() ?? [])].filter((action) => fits.test(action))
    return [...spread(known, 2), name.replaceAll('*', 'Brandnew').replaceAll('?', 'X')].map((each) => `${one}:${each}`)
  })
}

/** Actions of the same service that are not what the pattern says, most of them, and the same action in other letters. */
function neighbours(pattern: string, names: KnownNames): readonly string[] {
  const [service = '', name = ''] = pattern.split(':')
  const known = [...(names.actionsOf(service)?.values() ?? [])]
  const next = known[(known.indexOf(name) + 1) % Math.max(1, known.length)] ?? 'Anything'
  const near = name.replace(/\*$/, '')
  const nearer = near && near !== name && !/[*?]/.test(near) ? [`${service}:${near.slice(0, -1)}`] : []
  return service === '*'
    ? ['iam:CreateUser']
    : [`${service}:${next}`, ...nearer, pattern.replaceAll('*', 'x').toUpperCase()]
}

/** Resources that a pattern stands for. */
function filledIn(pattern: string): readonly string[] {
  const fill = (text: string) =>
    pattern
      .replace(/\$\{[^}]*\}/g, 'value')
      .replaceAll('*', text)
      .replaceAll('?', 'q')
  return pattern === '*'
    ? ['arn:aws:sqs:eu-west-1:111122223333:queue']
    : [fill('x'), fill('a/b:c'), `${fill('x')}-more`]
}
