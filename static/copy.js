// Copies a text for a reader, and says so aloud. Without scripts the text can be selected, and the
// files beside it say the same.
const said = document.createElement('p')
said.className = 'unseen'
said.setAttribute('role', 'status')
document.querySelector('main').append(said)

export async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text.innerText.trim())
    button.classList.add('done')
    say(`${text.dataset.copy} copied`)
  } catch {
    // The browser does not let us: it is left to the reader's own hand.
    getSelection().selectAllChildren(text)
    say(`${text.dataset.copy} selected, ready to be copied`)
  }
  setTimeout(() => button.classList.remove('done'), 2000)
}

// What is said twice in the same words is heard only when it was away in between.
function say(words) {
  said.textContent = ''
  setTimeout(() => { said.textContent = words }, 50)
}
