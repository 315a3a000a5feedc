import { shownAddress } from '../../model/address.ts'
import type { Diagnostic, Position } from '../../model/diagnostic.ts'
import { type ManualStep, type Plan, selectedWords } from '../../model/plan.ts'
import type { FileChange } from '../../plan/file-changes.ts'
import { escapeHtml } from '../../text/html.ts'
import { momentWords, pageHead } from '../html.ts'
import { codeHtml, filesHtml, operationsHtml } from './html-operations.ts'
import { style } from './html-style.ts'
import { keepWords } from './keep.ts'
import { listAgeWords } from './rights-text.ts'
import {
  accessWords,
  applyCommand,
  headline,
  leftAloneWords,
  notChecked,
  requiredTitle,
  verdictWords,
  type Way,
} from './words.ts'

/** What is told beside the plan itself. */
interface PageOptions extends Way {
  /** Files whose change is to be shown line by line. */
  readonly files?: readonly FileChange[]
  /** When the plan was made; a saved plan does not say. */
  readonly at?: Date
}

/** A plan as one page that needs nothing else and runs nothing: what counts first, new administrators and deletes before the rest, nothing left out. Pure. */
export function planHtml(plan: Plan, { files = [], at, ...way }: PageOptions): string {
  return wholePage(plan.manifest.file, at, [
    `<h1>${escapeHtml(headline(plan))}</h1>`,
    ...context(plan, at),
    ...findings('Refused: this plan cannot be applied', plan.refusals),
    ...findings('Notes', plan.diagnostics),
    ...operationsHtml(plan.operations),
    ...byHand(plan.byHand),
    ...required(plan),
    ...filesHtml(files),
    ...leftAlone(plan),
    ...next(plan, way),
    ...keeping(plan, way),
  ])
}

/** A page of parts, named after a manifest. */
function wholePage(file: string, at: Date | undefined, parts: readonly string[]): string {
  const title = ['Plan', file, ...(at === undefined ? [] : [momentWords(at)])]
  return `${pageHead({ title: title.join(', '), style })}\n<body>\n${parts.join('\n')}\n</body>\n</html>\n`
}

function context(plan: Plan, at: Date | undefined): string[] {
  const { manifest, instance, selection, operations, policiesAsOf } = plan
  const cloud = instance ? `, for IAM Identity Center in ${instance.region} (account ${instance.account})` : ''
  const parts = selectedWords(selection)
  return [
    faint(`Plan of ${manifest.file}${cloud}${at === undefined ? '' : `, made ${momentWords(at)}`}`),
    ...verdictWords(plan).map((text) => `<p><strong>${text}</strong></p>`),
    ...(operations.length > 0 ? [`<p>${accessWords(plan)}</p>`] : []),
    ...(policiesAsOf === undefined ? [] : [faint(listAgeWords(policiesAsOf))]),
    ...(parts.length > 0
      ? [`<p><strong>This is a partial plan</strong>: only ${parts.map(codeHtml).join(', ')}.</p>`]
      : []),
    ...notChecked(plan).map(faint),
  ]
}

function findings(title: string, list: readonly Diagnostic[]): string[] {
  const items = list.map(({ severity, message, hint, at }) => {
    const told = hint === undefined ? '' : `\n<p>hint: ${escapeHtml(hint)}</p>`
    return `<article class="${severity}"><p><strong>${severity}</strong>: ${placeHtml(at)}${escapeHtml(message)}</p>${told}</article>`
  })
  return section(title, items)
}

function placeHtml(at: Position | undefined): string {
  return at ? `${codeHtml(`${at.file}:${at.line}`)} ` : ''
}

// The link is text: a plan can come from anywhere, and a page of it sends nobody elsewhere with one click.
function byHand(chores: readonly ManualStep[]): string[] {
  const items = chores.map(({ key, link, steps, at }) => {
    const lines = steps.map((step) => `<li>${escapeHtml(step)}`).join('\n')
    return `<article><h3><span class="sign">!</span> <strong>${escapeHtml(key)}</strong> ${placeHtml(at)}</h3>
<p>${codeHtml(link)}</p>
<ol>
${lines}
</ol></article>`
  })
  return section('By hand', items)
}

function required({ requiredPolicies: all = [] }: Plan): string[] {
  if (all.length === 0) return []
  const codes = (names: readonly string[]) => names.map(codeHtml).join(', ')
  const items = all.map(({ name, permissionSets, accounts }) => {
    const labels = accounts.map(({ label }) => label)
    return `<li>customer managed policy ${codeHtml(name)} in ${codes(labels)} (for ${codes(permissionSets)})`
  })
  return section(requiredTitle, ['<ul>', ...items, '</ul>'])
}

function leftAlone(plan: Plan): string[] {
  const { unmanaged } = plan
  if (unmanaged.length === 0) return []
  const items = unmanaged.map((at) => `<li>${codeHtml(shownAddress(at))}`)
  const summary = `<summary>${escapeHtml(leftAloneWords(plan))} not in the manifest</summary>`
  return section('Left alone', [`<details>${summary}`, '<ul>', ...items, '</ul></details>'])
}

function next(plan: Plan, way: Way): string[] {
  const command = applyCommand(plan, way)
  if (command === undefined) return []
  return section('Apply exactly this', [
    `<pre>${escapeHtml(command)}</pre>`,
    faint(`Digest of this plan: ${plan.digest}`),
  ])
}

function keeping(plan: Plan, { keep }: Way): string[] {
  const { commands, byHand } = keepWords(plan, keep)
  const items = byHand.map((one) => `<li>${escapeHtml(one)}`)
  return section('Keep what is live instead', [
    ...(commands.length > 0 ? [`<pre>${commands.map(escapeHtml).join('\n')}</pre>`] : []),
    ...(items.length > 0 ? ['<ul>', ...items, '</ul>'] : []),
  ])
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`<h2>${escapeHtml(title)}</h2>`, ...items]
}

function faint(text: string): string {
  return `<p class="faint">${escapeHtml(text)}</p>`
}
