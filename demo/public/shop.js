// The shop's own script. It sends the order to the shop's own server, which knows the prices, and tells Grapevine what
// the server answered. The server tells Grapevine too, with its secret key: the order id makes the two one conversion.

/** How long a customer waits for Grapevine at most, in milliseconds. What is not sent by then is sent later. */
const patience = 1500

const convert = (...details) => {
  if (window.grapevine?.convert) return window.grapevine.convert(...details)
  window.grapevine ??= { q: [] }
  window.grapevine.q.push(['convert', ...details])
}

const notice = document.querySelector('#notice')

for (const form of document.querySelectorAll('form.buy'))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const button = form.querySelector('button')
    button.disabled = true
    notice.textContent = 'One moment …'
    try {
      const response = await fetch(form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body: new URLSearchParams(new FormData(form)),
      })
      if (!response.ok) throw new Error(await response.text())
      const { page, ...order } = await response.json()
      const told = convert('purchase', order)
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, patience))])
      location.assign(page)
    } catch {
      notice.textContent = 'That did not work. Nothing was bought; please try again.'
      button.disabled = false
    }
  })
