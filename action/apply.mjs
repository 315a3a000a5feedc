import { gitHub, writeComment } from './github.mjs'
import { visible } from './markdown.mjs'
import { mark } from './marks.mjs'
import { countsOf, failure, fileWords } from './planned.mjs'
import { run } from './program.mjs'
import { reviewed } from './review.mjs'
import { annotate, annotateAll, summarize } from './runner.mjs'
import { optionIn } from './words.mjs'

/**
 * `apply`: applies the plan that was reviewed on the pull request of this commit, and no other one.
 * @param {import('./context.mjs').Context} context
 */
export async function apply(context) {
  const { args } = context
  const given = optionIn(args, '--expect')
  const { pull, digest, only } = given === undefined ? await reviewed(context) : { digest: given }
  const words = given === undefined ? ['--expect', digest, ...onlyWords(args, only)] : []
  const { page, ...ended } = await applied(context, [...args, ...words])
  if (pull !== undefined && context.comment) await tell(context, pull, page)
  return ended
}

/**
 * Applies with more words; shows how it goes in the log, and how it ended in the summary and at the lines of the files.
 * @param {import('./context.mjs').Context} context
 * @param {readonly string[]} words
 * @returns {Promise<{ code: number, page: string, outputs: Record<string, string | number | boolean> }>}
 */
export async function applied({ file, directory }, words) {
  const ran = await run(['apply', ...fileWords(file), ...words, '--json'], directory, newsIn)
  const { document, finished, outcomes, error } = eventsIn(ran.stdout)
  const found = [...document.refusals, ...document.diagnostics, ...(finished ?? error).diagnostics]
  annotateAll(found, directory)
  if (ran.code !== 0 && !found.some(({ severity }) => severity === 'error'))
    annotate('error', ran.stderr.trim().replace(/^error +/, '') || 'sso-reconcile apply failed')
  const page = resultOf(ran, finished, outcomes)
  summarize(page)
  return { code: ran.code, page, outputs: outputsOf(document, finished, outcomes) }
}

// A plan in a pipeline leaves the machine out, and its digest stands for that; apply with a digest leaves nothing out by itself.
function onlyWords(args, only) {
  const isSelected = optionIn(args, '--only') !== undefined || optionIn(args, '--target') !== undefined
  return only === undefined || isSelected ? [] : ['--only', only]
}

/** What `apply --json` printed: the plan, how each change ended, and the end; the last two are missing where nothing was begun. */
function eventsIn(stdout) {
  const events = stdout.split('\n').flatMap((line) => eventIn(line) ?? [])
  const nothing = { operations: [], refusals: [], diagnostics: [] }
  return {
    // A run that ends with an error has said why, before the plan or after it.
    document: { ...nothing, ...events.find(({ type }) => type === 'plan')?.plan },
    error: { ...nothing, ...events.find(({ type }) => type === 'error')?.plan },
    finished: events.find(({ type }) => type === 'finished'),
    outcomes: events.filter(isOutcome),
  }
}

function eventIn(line) {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isOutcome({ type }) {
  return ['done', 'failed', 'skipped'].includes(type)
}

/** What the log tells of a line of `apply --json`, as soon as it is there. */
function newsIn(line) {
  const event = eventIn(line)
  if (event?.type === 'plan') return `${event.plan.operations.length} changes to make`
  return event && isOutcome(event) ? visible(outcomeWords(event)) : ''
}

function outcomeWords({ type, verb, address, message }) {
  return [`${type}: ${verb} ${address}`, ...(message ? [message] : [])].join(': ')
}

function resultOf({ code, stderr }, finished, outcomes) {
  if (finished === undefined && outcomes.length === 0)
    return code === 0 ? '### Nothing to apply\n' : failure('Not applied', stderr)
  const count = (type) => outcomes.filter((one) => one.type === type).length
  const counts = `${count('done')} done, ${count('failed')} failed, ${count('skipped')} skipped`
  const words = [...outcomes.map(outcomeWords), stderr].join('\n')
  return failure(`${code === 0 ? 'Applied' : 'Not everything was applied'}: ${counts}`, words)
}

function outputsOf(document, finished, outcomes) {
  if (!document.complete) return {}
  const isKnown = finished !== undefined || outcomes.length === 0
  const { digest } = document
  return { ...countsOf(document), digest, changed: isKnown ? outcomes.some(({ type }) => type === 'done') : '' }
}

// What was changed in AWS is as it is, whether it can be told here or not.
async function tell(context, pull, page) {
  const first = mark('apply', context.manifest)
  const body = `${first}\n\n${page}\nSee [the run](${context.runUrl}).`
  try {
    await writeComment(gitHub(context), pull, { first, body })
  } catch (thrown) {
    annotate('warning', `The result is not on pull request #${pull}: ${thrown.message}`)
  }
}
