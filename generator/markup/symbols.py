"""Commands that stand for one character, in text and in math, and the way back to commands.

The names are those of LaTeX, amssymb and textcomp; the characters are those of unicode-math,
but for epsilon and phi, which readers search for by the ordinary Greek letter.
"""

from __future__ import annotations


def names(table: str) -> frozenset[str]:
    """Read a table of names."""
    return frozenset(table.split())


def _pairs(table: str) -> dict[str, str]:
    """Read a table of names and characters that alternate."""
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


GREEK = _pairs("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
    kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
    varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
""")
"""Greek letters."""

ORDINARY = _pairs("""
    ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ nabla ∇ partial ∂ infty ∞ infinity ∞
    forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ angle ∠ triangle △ square □ Box □ Diamond ◊
    checkmark ✓ complement ∁ mho ℧ prime ′ backprime ‵ top ⊤ bot ⊥ therefore ∴ because ∵
    clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ surd √
    blacksquare ■ bigstar ★ lozenge ◊ degree ° deg ° measuredangle ∡ lnot ¬ neg ¬
    ldots … cdots ⋯ vdots ⋮ ddots ⋱ dots … dotsc … dotsb ⋯ colon : vert | Vert ‖ lvert | rvert |
    lVert ‖ rVert ‖ backslash ∖ star ⋆ ast ∗ bullet • dagger † ddagger ‡ circ ∘ bigcirc ◯ diamond ⋄
    blacktriangle ▴ vartriangle ▵ maltese ✠ circledR ® hslash ℏ Finv Ⅎ eth ð
""")
"""Letters, marks and dots: no space around them."""

RELATIONS = _pairs("""
    le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ lesssim ≲ gtrsim ≳ ll ≪ gg ≫ lll ⋘ ggg ⋙ ne ≠ neq ≠
    equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ asymp ≍ doteq ≐ approxeq ≊ prec ≺ succ ≻ preceq ⪯
    succeq ⪰ perp ⟂ parallel ∥ mid | nmid ∤ models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ bowtie ⋈
    triangleq ≜ coloneqq ≔ eqqcolon ≕ coloneq ≔ lesseqgtr ⋚ gtreqless ⋛ nleq ≰ ngeq ≱ nless ≮ ngtr ≯
    in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
    nsubseteq ⊈ nsupseteq ⊉ sqsubset ⊏ sqsubseteq ⊑ sqsupset ⊐ sqsupseteq ⊒ lt < gt >
    to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
    longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
    Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼ uparrow ↑ downarrow ↓
    updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪
    hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
    rightleftharpoons ⇌ leadsto ⇝ rightsquigarrow ⇝ nrightarrow ↛ nleftarrow ↚ twoheadrightarrow ↠
    leftrightarrows ⇆ rightrightarrows ⇉ dashrightarrow ⇢
""")
"""Relations and arrows: a space on either side, between two things."""

OPERATORS = _pairs("""
    pm ± mp ∓ times × div ÷ cdot · cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ wedge ∧ land ∧ lor ∨
    setminus ∖ wr ≀ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ amalg ⨿ ltimes ⋉ rtimes ⋊ boxplus ⊞
    boxtimes ⊠ circledast ⊛
""")
"""Binary operators: a space on either side, between two things."""

LARGE = _pairs("""
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀
    bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆
""")
"""Large operators: a space after them and their limits."""

OPENING = _pairs("langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ llbracket ⟦ ulcorner ⌜")
CLOSING = _pairs("rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rrbracket ⟧ urcorner ⌝")

WORDS = _pairs("""
    ss ß i ı j ȷ o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å dh ð DH Ð th þ TH Þ dj đ DJ Đ
    ng ŋ NG Ŋ SS ẞ
""")
"""Letters of text, which swallow the space after them as TeX does."""

MARKS = {
    **_pairs("""
    textbackslash \\ textasciitilde ~ textasciicircum ^ textbar | textless < textgreater >
    textunderscore _ textdollar $ textpercent % textasciigrave ` textquotesingle ' textquotedbl "
    textendash – textemdash — textquoteleft ‘ textquoteright ’ textquotedblleft “
    textquotedblright ” lq ‘ rq ’ guillemotleft « guillemotright » textbullet • textdegree °
    textperiodcentered · textellipsis … copyright © textcopyright © textregistered ®
    texttrademark ™ dag † ddag ‡ textdagger † textdaggerdbl ‡ S § P ¶ textsection § textparagraph ¶
    pounds £ textsterling £ euro € texteuro € textyen ¥ textcent ¢ textmu µ textohm Ω texttimes ×
    textdiv ÷ textpm ± textonehalf ½ textonequarter ¼ textthreequarters ¾ texttwosuperior ²
    textthreesuperior ³ textonesuperior ¹ textordfeminine ª textordmasculine º textexclamdown ¡
    textquestiondown ¿ textvisiblespace ␣ textasteriskcentered * textbraceleft { textbraceright }
    textminus − textrightarrow → textleftarrow ← LaTeX LaTeX TeX TeX BibTeX BibTeX LaTeXe LaTeX2ε
    slash /
"""),
    "quad": " ",
    "qquad": " ",
    "space": " ",
    "thinspace": "\u202f",
    "enspace": " ",
    "nobreakspace": "\u00a0",
    "nobreakdash": "",
}
"""Marks of text by their commands."""

MATH = {**GREEK, **ORDINARY, **RELATIONS, **OPERATORS, **LARGE, **OPENING, **CLOSING}
"""Every command that is one character of math; in text it is the same character."""

_LATIN_1 = range(0xA0, 0x100)

COMMANDS = {
    character: name
    for name, character in reversed(MATH.items())
    if not character.isascii() and ord(character) not in _LATIN_1 and character not in "…†‡•ı"
}
"""From a character that LaTeX's text fonts lack to the math command that makes it."""

FUNCTIONS = names("""
    arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker
    lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh bmod
""") - {"deg"}
"""Operators written as words, which need a space before their argument."""
