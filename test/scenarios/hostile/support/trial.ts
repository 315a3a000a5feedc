import { judges } from './judge.ts'
import type { Report } from './report.ts'
import { type Made, made, reports } from './reports.ts'
import { newStage, type Scene, type Stage } from './scene.ts'
import { smallest } from './shrink.ts'
import { type Texts, tame } from './slots.ts'

/** What is wrong with a report in a world. */
export interface Complaint {
  readonly report: string
  readonly found: readonly string[]
  /** The texts without which nothing would be wrong. */
  readonly because: object
}

/** Reports of one world after the other, each beside its twin of the tame world. */
export interface Trial {
  complaints(texts: Texts): Promise<readonly Complaint[]>
}

/** Makes every report of the tame world. */
export async function newTrial(): Promise<Trial> {
  const stage = await newStage()
  const twins = await reportsOf(stage, tame)
  const others = [...twins].filter(
    ([{ ends = 0, file }, twin]) => twin.code !== ends || (file && twin.file === undefined),
  )
  if (others.length > 0)
    throw new Error(others.map(([{ name }, twin]) => `${name} is not made: ${JSON.stringify(twin)}`).join('\n'))
  return {
    complaints: async (texts) => {
      const runs = await reportsOf(stage, texts)
      const complaints: Complaint[] = []
      for (const report of reports) {
        const found = await wrongWith(report, runs.get(report), twins.get(report), texts)
        if (found.length === 0) continue
        // The reason of a few says enough, and takes long.
        const because = complaints.length < 3 ? await reasonOf(stage, report, twins.get(report), texts) : {}
        complaints.push({ report: report.name, found: found.slice(0, 5), because })
      }
      return complaints
    },
  }
}

async function reportsOf(stage: Stage, texts: Texts): Promise<ReadonlyMap<Report, Made>> {
  const runs = new Map<Report, Made>()
  let scene: Scene | undefined
  for (const report of reports) {
    scene ??= await stage.enter(texts)
    runs.set(report, await made(report, scene, texts))
    if (report.changes || report.prepare) scene = undefined
  }
  return runs
}

async function wrongWith(
  { out, err = 'text', file }: Report,
  run: Made | undefined,
  twin: Made | undefined,
  texts: Texts,
): Promise<readonly string[]> {
  if (!run || !twin) return ['it was not made']
  const code = run.code === twin.code ? [] : [`exit code ${run.code} instead of ${twin.code}`]
  const result = await judges[out]({ text: run.stdout, tame: twin.stdout, texts })
  const messages = await judges[err]({ text: run.stderr, tame: twin.stderr, texts })
  const written = file ? await judges[file.as]({ text: run.file ?? '', tame: twin.file ?? '', texts }) : []
  return [...code, ...result, ...messages, ...written]
}

async function reasonOf(stage: Stage, report: Report, twin: Made | undefined, texts: Texts): Promise<object> {
  return smallest(texts, async (some) => {
    const run = await made(report, await stage.enter(some), some)
    return (await wrongWith(report, run, twin, some)).length > 0
  })
}
