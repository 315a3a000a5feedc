import type { Clock } from '../../model/clock.ts'
import type { Reader, Request, RequestFamily } from '../port.ts'
import { families } from './families.ts'
import { failure } from './look.ts'
import { trace } from './trace.ts'
import { noTraffic, sent, type Traffic } from './traffic.ts'

/** Sends requests and follows them. */
export interface Following {
  /**
   * Resolves when a request has ended well; throws a Refusal with AWS's reason where it ended FAILED. `over` is called as soon as it has
   * ended and counts no more for AWS, which may be before it is known how it ended.
   */
  run(family: RequestFamily, send: () => Promise<Request | undefined>, over: () => void): Promise<void>
  /** A task that leads to a request of a family, perhaps after others have ended. */
  wants<T>(family: RequestFamily, task: () => Promise<T>): Promise<T>
}

/**
 * Follows asynchronous requests to their ends. One or two are asked about one by one; more are asked about together, because one list
 * answers for all of them and the service allows 20 calls a second in all. While others take the places of those that are over,
 * one list for many of those tells which have failed.
 * Source: the Status members of CreateAccountAssignment, DeleteAccountAssignment and ProvisionPermissionSet; there are no waiters.
 */
export function following(reader: Reader, clock: Clock, instanceArn: string): Following {
  const status = families(reader, instanceArn)
  const all = new Map<RequestFamily, Traffic>()
  const trafficOf = (family: RequestFamily) => {
    const traffic = all.get(family) ?? noTraffic(family, status[family])
    all.set(family, traffic)
    return traffic
  }
  return {
    async run(family, send, over) {
      const traffic = trafficOf(family)
      const request = await sent(traffic, send)
      if (request?.Status === 'SUCCEEDED') return
      if (request?.Status === 'FAILED') throw failure(family, request.FailureReason)
      const id = request?.RequestId
      if (!id) throw failure(family, 'AWS gave no request id to follow')
      await new Promise<void>((resolve, reject) => {
        const since = clock.now().getTime()
        const isFirst = traffic.running.size + traffic.over.size === 0
        if (isFirst) traffic.lastLook = since
        traffic.running.add({ id, since, looks: 0, listed: traffic.shown.has(id), over, resolve, reject })
        if (isFirst) void trace(traffic, clock)
      })
    },
    async wants(family, task) {
      const traffic = trafficOf(family)
      traffic.wanted += 1
      try {
        return await task()
      } finally {
        traffic.wanted -= 1
      }
    },
  }
}
