// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of IAM policies look like that
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import { decide, type Policies, type Verdict } from '../../../src/policies/decide.ts'
import { knownNames } from '../../../src/policies/known-names.ts'
import { type Document, type Question, questionsAbout, spread, wideQuestionsAbout } from './support/questions.ts'

type Answer = 'allowed' | 'denied' | 'refused' | 'depends'

/** One question without wildcards, of a role with these policies. */
interface Case extends Question {
  readonly identity: readonly string[]
  readonly boundary?: string
}

const probe = spawnSync('python3', ['-c', 'import moto.iam.access_control'])
const missing = probe.status === 0 ? undefined : 'skipped: python3 with moto (iam) is not installed'
if (missing) process.stderr.write(`${missing}\n`)

const root = join(import.meta.dirname, '../../..')
const documents = new Map(
  readFileSync(join(root, 'src/generated/iam-documents.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(' ')), JSON.parse(line.slice(line.indexOf(' '))) as JsonObject]),
)
/** Managed policies that have more than actions and resources. */
const intricate = [...documents].filter(([, document]) =>
  /"(NotAction|NotResource|Condition)"/.test(JSON.stringify(document)),
)
const names = await knownNames()

function verdictOf({ identity, boundary }: Omit<Case, keyof Question>, question: Omit<Question, 'resource'>): Verdict {
  const policy = (name: string) => ({ name, document: documents.get(name) as JsonObject })
  const policies: Policies = { identity: identity.map(policy), ...(boundary ? { boundary: policy(boundary) } : {}) }
  return decide(policies, question).verdict
}

/** What the other evaluator, and moto, say of all cases. */
function otherAnswers(
  cases: readonly Case[],
  { moto }: { readonly moto: boolean },
): readonly (readonly [Answer, Answer | null])[] {
  const rows = cases.map(({ identity, boundary, action, resource }) => [identity, boundary ?? null, action, resource])
  const { stdout, stderr, status } = spawnSync('python3', [join(import.meta.dirname, 'support/second_evaluator.py')], {
    input: JSON.stringify({ documents: Object.fromEntries(documents), cases: rows, moto }),
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

const same: Readonly<Record<Answer, Verdict>> = { allowed: 'yes', denied: 'denied', refused: 'no', depends: 'limited' }

function counted(title: string, all: readonly string[]) {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  process.stderr.write(`${title}: ${[...counts].map(([what, count]) => `${count} ${what}`).join(', ')}\n`)
}

/** Managed policies alone, as a boundary of everything and of reading, and two of them within PowerUserAccess. */
function casesOf([name, document]: (typeof intricate)[number], at: number): readonly Case[] {
  const questions = questionsAbout(document as unknown as Document, names)
  const before = intricate[at - 1]?.[0] ?? 'AWSDenyAll'
  return [
    ...questions.map((one) => ({ identity: [name], ...one })),
    ...spread(questions, 6).map((one) => ({ identity: ['AdministratorAccess'], boundary: name, ...one })),
    ...spread(questions, 6).map((one) => ({ identity: [name, before], boundary: 'PowerUserAccess', ...one })),
    ...spread(questions, 4).map((one) => ({ identity: ['ReadOnlyAccess'], boundary: name, ...one })),
  ]
}

/** True for what both say; limited is right too where the other is sure only by how a star goes beyond colons, or by `${*}`. */
function agree(verdict: Verdict, other: Answer, { identity, resource }: Case): boolean {
  const character = identity.some((name) => JSON.stringify(documents.get(name)).includes('${*}'))
  return verdict === same[other] || (verdict === 'limited' && (resource.includes('b:c') || character))
}

it.skipIf(missing)('single actions on single resources: a second evaluator and moto say the same', () => {
  const cases = intricate.flatMap(casesOf)
  const others = otherAnswers(cases, { moto: true })
  const told = cases.map((one, at) => {
    const [other, moto] = others[at] as (typeof others)[number]
    return { verdict: verdictOf(one, one), other, moto, ...one }
  })
  const verdicts = told.map(({ verdict }) => verdict)
  counted(`${intricate.length} policies, ${cases.length} questions`, verdicts)
  counted(
    'moto',
    told.map(({ moto }) => moto ?? 'not asked'),
  )
  expect(intricate.length).toBeGreaterThan(800)
  expect(told.filter((one) => !agree(one.verdict, one.other, one)).slice(0, 20)).toEqual([])
  const likeMoto = (verdict: Verdict) => (verdict === 'denied' ? 'no' : verdict)
  expect(told.filter((one) => one.moto && !agree(likeMoto(one.verdict), one.moto, one)).slice(0, 20)).toEqual([])
  const unsure = told.filter(({ verdict, other }) => verdict !== same[other]).length
  expect(unsure).toBeLessThan(told.length / 200)
})

const fits: Readonly<Record<Verdict, (answer: Answer) => boolean>> = {
  yes: (answer) => answer === 'allowed',
  no: (answer) => answer === 'refused' || answer === 'denied',
  denied: (answer) => answer === 'denied',
  limited: () => true,
  unknown: () => false,
}

/** How what a limited question stands for was answered: differently, as it should, or alike, where nothing better was asked. */
function seenAs(answers: readonly Answer[]): string {
  if (answers.every(fits.no)) return 'seen as refused only'
  return answers.every(fits.yes) ? 'seen as allowed only' : 'seen as both'
}

it.skipIf(missing)('questions with wildcards: a second evaluator says the same of what they stand for', () => {
  const wide = intricate.flatMap(([name, document]) =>
    wideQuestionsAbout(document as unknown as Document, names).map((one) => ({ identity: [name], ...one })),
  )
  const filled = wide.flatMap(({ identity, fillings }) => fillings.map((one) => ({ identity, ...one })))
  const others = otherAnswers(filled, { moto: false })
  let from = 0
  const told = wide.map(({ fillings, ...question }) => {
    const answers = new Set(others.slice(from, from + fillings.length).map(([answer]) => answer))
    from += fillings.length
    return { verdict: verdictOf(question, question), answers: [...answers], ...question }
  })
  counted(
    `${filled.length} fillings of ${wide.length} questions`,
    told.map(({ verdict }) => verdict),
  )
  expect(told.filter(({ verdict, answers }) => !answers.every(fits[verdict])).slice(0, 20)).toEqual([])
  const limited = told.filter(({ verdict }) => verdict === 'limited').map(({ answers }) => seenAs(answers))
  counted('limited', limited)
  expect(limited.filter((one) => one === 'seen as both').length).toBeGreaterThan(limited.length / 2)
})
