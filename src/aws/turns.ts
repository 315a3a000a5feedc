import { turnstile } from '../model/turnstile.ts'
import type { Definition } from './operations.ts'

/**
 * Requests of one connection that are under way at a time. Together they are fewer than the 50 sockets that the SDK keeps for a
 * service: it counts the time that a request waits for a socket as time in which no connection came about. Writes have turns of
 * their own, so that what looks after requests in progress holds up no change, nor the other way round.
 */
export const openAtOnce: Readonly<Record<Definition['access'], number>> = { read: 36, write: 12 }

/** Gives each request its turn: one for one request, never for a list of many pages or for whatever waits for something else. */
export function inTurn(): <T>(
  access: Definition['access'],
  request: () => Promise<T>,
  goesFirst: boolean,
) => Promise<T> {
  const turns = { read: turnstile(openAtOnce.read), write: turnstile(openAtOnce.write) }
  return (access, request, goesFirst) => turns[access](request, goesFirst)
}

/**
 * True for a request for the next page of a list. It goes before what begins: pages come one after the other, everything else may be under
 * way side by side, and what is behind the last page waits for each of them.
 */
export function isNextPage(input: object): boolean {
  const { NextToken, nextToken, Marker } = input as Readonly<Record<string, unknown>>
  return (NextToken ?? nextToken ?? Marker) !== undefined
}
