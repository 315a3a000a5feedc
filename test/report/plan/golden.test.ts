import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderDiagnostics } from '../../../src/report/diagnostic.ts'
import { planJson } from '../../../src/report/plan/json.ts'
import { planText, type TextOptions } from '../../../src/report/plan/text.ts'
import { planOf } from '../../support/planning/planning.ts'

const root = join(import.meta.dirname, '../../golden')
const usual: TextOptions = { width: 100, color: false, verbose: false, flags: '', keep: () => '' }

/**
 * Each folder is one plan as a person and a program see it: `sso.yaml` against `live.json`, with `options.json` where the terminal
 * is not the usual one. Errors and refusals stand below the plan, where a terminal shows them.
 */
it.each(readdirSync(root))('golden plan: %s', async (folder) => {
  const read = (file: string) => readFileSync(join(root, folder, file), 'utf8')
  const manifest = read('sso.yaml')
  const options = {
    ...usual,
    ...(existsSync(join(root, folder, 'options.json')) ? JSON.parse(read('options.json')) : {}),
  }

  const plan = await planOf({ manifest, live: JSON.parse(read('live.json')) })

  const sources = new Map([['sso.yaml', manifest]])
  const errors = renderDiagnostics([...plan.diagnostics, ...plan.refusals], { sources, width: options.width })
  const text = planText(plan, options) + (errors ? `\n${errors}\n` : '')
  await expect(text).toMatchFileSnapshot(join(root, folder, 'plan.txt'))
  await expect(`${JSON.stringify(planJson(plan, '0.0.0'), null, 2)}\n`).toMatchFileSnapshot(
    join(root, folder, 'plan.json'),
  )
})
