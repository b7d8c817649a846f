// Puts a button after each text that is to be copied. Without a script the text can be selected, and
// the files beside it say the same.
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
    // The browser does not let us: it is left to the reader's own hand.
    getSelection().selectAllChildren(text)
    say(`${text.dataset.copy} selected, ready to be copied`)
  }
  setTimeout(() => { button.textContent = 'Copy' }, 2000)
}

// What is said twice in the same words is heard only when it was away in between.
function say(words) {
  said.textContent = ''
  setTimeout(() => { said.textContent = words }, 50)
}
