import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSite, onEveryDatabase } from '../support/databases.ts'
import { openToAll, reader, talker } from '../support/talking.ts'

onEveryDatabase('comments', (bench) => {
  test('what somebody says is read in the very next moment, replies after what they answer', async () => {
    const site = await newSite(bench)
    await openToAll(bench, site)
    const [ada, bob, { thread }] = [talker(bench, site), talker(bench, site, 'Bob'), reader(bench, site)]
    assert.deepEqual((await thread()).data, [])
    const first = await ada.say('First')
    assert.deepEqual(
      (await thread()).data.map(({ id }) => id),
      [first.id],
    )
    const second = await ada.say('Second')
    const reply = await bob.say('A reply', { parent: first.id })
    const { data, count } = await thread('sort=oldest')
    assert.equal(count, 3)
    assert.deepEqual(
      data.map(({ id, parent, depth }) => [id, parent, depth]),
      [
        [first.id, null, 0],
        [reply.id, first.id, 1],
        [second.id, null, 0],
      ],
    )
    assert.deepEqual([data[0]?.replies, data[0]?.below, data[0]?.next], [1, 1, null])
    assert.equal(data[1]?.author?.name, 'Bob')
  })
})
