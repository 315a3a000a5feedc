import { beforeAll, describe, expect, it } from 'vitest'
import { isFull } from '../../support/effort.ts'
import { noTerminal, runOnTerminal } from '../e2e/support/pty.ts'
import { known } from './known.ts'
import { type Drawn, drawn } from './readers/terminal.ts'
import { drawnUnlike } from './support/judge.ts'
import { newStage, type Stage } from './support/scene.ts'
import { type Session, sessions } from './support/sessions.ts'
import { type Texts, tame } from './support/slots.ts'
import { inTurn } from './support/texts.ts'

/** Lines and columns of a terminal in which nothing has to be broken. */
const size = [200, 5_000] as const

let stage: Stage
beforeAll(async () => {
  if (!noTerminal) stage = await newStage()
})

async function held(
  { words, answers, env, prepare }: Session,
  texts: Texts,
): Promise<{ drawn: Drawn; code: number | null }> {
  const scene = await stage.enter(texts)
  await prepare?.(scene, texts)
  const given = { replies: answers(texts), env: { PATH: scene.desk.folder, ...env?.(scene, texts) }, size }
  const { code, stdout } = await runOnTerminal(scene.desk, words(texts), given)
  return { drawn: await drawn(stdout, ...size), code }
}

const turns = isFull ? known.map((_one, index) => index) : [0, 5]

describe.skipIf(noTerminal)('a session at a terminal, with its questions and what passes in between', () => {
  const named = sessions.map((one) => [one.name, one] as const)
  it.each(named)('is the session of plain names: %s', async (_name, session) => {
    const plain = await held(session, tame)
    expect([...plain.drawn.erased, ...plain.drawn.rows].join('\n')).toMatch(session.shows)
    for (const turn of turns) {
      const texts = inTurn(known, turn)
      const own = await held(session, texts)
      expect(drawnUnlike(own.drawn, plain.drawn, texts), `from ${turn} on`).toEqual([])
      expect(own.code).toBe(plain.code)
    }
  })
})
