/** Programs that were started as leaders of process groups. A group is named by the process number of its leader. */
export interface ProcessGroups {
  /** From now on the group ends with this process, however this one ends. */
  add(leader: number): void
  /** Tells everything in the group that its terminal is gone, as a terminal that closes does. */
  hangUp(leader: number): void
  /** Ends everything that is left in the group. */
  end(leader: number): void
  /** The group is no longer looked after. */
  forget(leader: number): void
}

/** The groups that a process starts. */
export function processGroups(process: Pick<NodeJS.Process, 'kill' | 'on' | 'off'>): ProcessGroups {
  const running = new Set<number>()
  const signal = (leader: number, name: NodeJS.Signals) => {
    try {
      process.kill(-leader, name)
    } catch {
      // Nothing is left in the group.
    }
  }
  const endAll = () => {
    for (const leader of running) signal(leader, 'SIGKILL')
  }
  return {
    add(leader) {
      if (running.size === 0) process.on('exit', endAll)
      running.add(leader)
    },
    hangUp: (leader) => signal(leader, 'SIGHUP'),
    end: (leader) => signal(leader, 'SIGKILL'),
    forget(leader) {
      if (running.delete(leader) && running.size === 0) process.off('exit', endAll)
    },
  }
}
