const said = document.createElement('p')
said.className = 'unseen'
said.setAttribute('role', 'status')
document.querySelector('main').append(said)

for (const text of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.ariaLabel = `Copy ${text.dataset.copy}`
  button.addEventListener('click', () => copy(text, button))
  text.after(' ', button)
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text.innerText.trim())
    button.textContent = 'Copied'
    say(`${text.dataset.copy} copied`)
  } catch {
    getSelection().selectAllChildren(text)
    say(`${text.dataset.copy} selected, ready to be copied`)
  }
  setTimeout(() => { button.textContent = 'Copy' }, 2000)
}

function say(words) {
  said.textContent = ''
  setTimeout(() => { said.textContent = words }, 50)
}
