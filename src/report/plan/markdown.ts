import { kindNamed } from '../../kinds/index.ts'
import { shownAddress } from '../../model/address.ts'
import type { Diagnostic, Position } from '../../model/diagnostic.ts'
import type { Operation } from '../../model/operation.ts'
import { type ManualStep, type Plan, selectedWords } from '../../model/plan.ts'
import type { FileChange } from '../../plan/file-changes.ts'
import { code, fenced, htmlCode, inline, tableRow } from '../markdown.ts'
import { fieldDiff } from './fields-diff.ts'
import { fileDiff } from './file-diff.ts'
import { keepWords } from './keep.ts'
import { fitted, type MarkdownSection } from './markdown-fit.ts'
import { listAgeWords, rightsTold } from './rights-text.ts'
import {
  accessWords,
  applyCommand,
  headline,
  leftAloneWords,
  notChecked,
  requiredTitle,
  symbols,
  type Way,
} from './words.ts'

/** Finds an earlier comment of ours on a pull request, so that a new plan can replace it. */
export const marker = '<!-- sso-reconcile -->'

/** Below the 65,536 characters that GitHub allows a comment, with room for what a workflow puts around it. */
export const characterLimit = 60_000

/** A plan as a comment on a pull request: what counts first, new administrators and deletes before the rest, details folded away. Pure. */
export function planMarkdown(
  plan: Plan,
  { files = [], ...way }: Way & { readonly files?: readonly FileChange[] },
): string {
  return fitted(
    [
      lines([marker, `### ${inline(headline(plan))}`, '', ...context(plan)]),
      findings('Refused: this plan cannot be applied', plan.refusals),
      findings('Notes', plan.diagnostics),
      changes(plan.operations),
      byHand(plan.byHand),
      required(plan),
      lines(next(plan, way)),
      keeping(plan, way),
      details(plan.operations),
      fileDetails(files),
    ],
    characterLimit,
  )
}

function context(plan: Plan): string[] {
  const { selection, operations, policiesAsOf } = plan
  const parts = selectedWords(selection)
  return [
    ...(operations.length > 0 ? [accessWords(plan), ''] : []),
    ...(policiesAsOf === undefined ? [] : [listAgeWords(policiesAsOf), '']),
    ...(parts.length > 0 ? [`This is a partial plan: only ${parts.map(code).join(', ')}.`, ''] : []),
    ...notChecked(plan).flatMap((one) => [inline(one), '']),
    ...(plan.unmanaged.length > 0 ? [`Left alone: ${leftAloneWords(plan)} not in the manifest.`, ''] : []),
  ]
}

function findings(title: string, list: readonly Diagnostic[]): MarkdownSection {
  const items = list.map(({ severity, message, hint, at }) => {
    const place = at ? `${code(`${at.file}:${at.line}`)} ` : ''
    return `- ${severity}: ${place}${inline(message)}${hint ? `<br>hint: ${inline(hint)}` : ''}`
  })
  return section(title, items, ['finding', 'findings'])
}

// Whoever stops reading early, or gets no more than fits, has then seen who becomes an administrator, and what goes away.
function changes(operations: readonly Operation[]): MarkdownSection {
  const items = [...operations]
    .sort((a, b) => weight(a) - weight(b))
    .map((operation) => {
      const { verb, address, reason, effect, at } = operation
      const told = [...(verb === 'delete' ? [reason] : []), ...(effect ? [effect] : []), ...rightsTold(operation)]
      const why = [...told.map(inline), ...(at ? [place(at)] : [])].join('<br>')
      return tableRow([
        `\`${symbols[verb]}\``,
        code(shownAddress(address)),
        verb === 'delete' ? '**DELETE**' : verb,
        why,
      ])
    })
  if (items.length === 0) return lines([])
  const head = [tableRow(['', 'Address', 'Change', 'Why']), tableRow(['---', '---', '---', '---'])]
  return { before: head, items, after: [''], noun: ['change', 'changes'] }
}

function weight({ verb, attention }: Operation): number {
  if (attention === 'administrator') return 0
  if (verb === 'delete') return 1
  return attention === undefined ? 3 : 2
}

function byHand(chores: readonly ManualStep[]): MarkdownSection {
  const items = chores.map(({ key, link, steps, at }) =>
    [
      `- **${inline(key)}**${at ? ` (${place(at)})` : ''}: ${code(link)}`,
      ...steps.map((step, index) => `  ${index + 1}. ${inline(step)}`),
    ].join('\n'),
  )
  return section('By hand', items, ['step', 'steps'])
}

function required({ requiredPolicies: all = [] }: Plan): MarkdownSection {
  const items = all.map(
    ({ name, permissionSets, accounts }) =>
      `- customer managed policy ${code(name)} in ${cut(accounts.map(({ label }) => label))} (for ${cut(permissionSets)})`,
  )
  return section(requiredTitle, items, ['policy', 'policies'])
}

// A page has room for more names than a terminal, and none for thousands.
function cut(names: readonly string[]): string {
  const most = 30
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return names.slice(0, most).map(code).join(', ') + more
}

function details(operations: readonly Operation[]): MarkdownSection {
  const items = operations
    .filter(({ verb, kind }) => verb !== 'delete' && kindNamed(kind).addressSays === 'name')
    .filter(({ fields }) => fields.length > 0)
    .map(({ kind, address, verb, fields }) =>
      [
        `<details><summary>${htmlCode(shownAddress(address))} ${verb}</summary>`,
        '',
        ...fenced(
          'diff',
          fields.flatMap((field) => fieldDiff(field, kindNamed(kind))),
        ),
        '',
        '</details>',
        '',
      ].join('\n'),
    )
  return section('Fields', items, ['change with its fields', 'changes with their fields'])
}

function fileDetails(files: readonly FileChange[]): MarkdownSection {
  const items = files.flatMap((file) => {
    const diff = fileDiff(file)
    if (diff.length === 0) return []
    const name = `<details><summary>${htmlCode(file.path)}</summary>`
    return [[name, '', ...fenced('diff', diff), '', '</details>', ''].join('\n')]
  })
  return section('Files on this machine', items, ['file', 'files'])
}

function next(plan: Plan, way: Way): string[] {
  const command = applyCommand(plan, way)
  return command === undefined ? [] : ['Apply exactly this:', '', ...fenced('sh', [command]), '']
}

function keeping(plan: Plan, { keep }: Way): MarkdownSection {
  const { commands, byHand } = keepWords(plan, keep)
  if (commands.length + byHand.length === 0) return lines([])
  return {
    before: ['Keep what is live instead:', '', ...(commands.length > 0 ? [...fenced('sh', commands), ''] : [])],
    items: byHand.map((one) => `- ${inline(one)}`),
    after: [''],
    noun: ['way', 'ways'],
  }
}

function section(title: string, items: readonly string[], noun: MarkdownSection['noun']): MarkdownSection {
  return items.length === 0 ? lines([]) : { before: [`#### ${title}`, ''], items, after: [''], noun }
}

function lines(before: readonly string[]): MarkdownSection {
  return { before, items: [], after: [], noun: ['', ''] }
}

function place({ file, line }: Position): string {
  return code(`${file}:${line}`)
}
