"""The citations of nine records in eight styles, written by hand from the rules of each."""

FM9, CAJ = "9th Foreign Ministers’ Meeting", "Central Asia plus Japan"
JOINT = "Joint Statement of the 9th Foreign Ministers’ Meeting"
TREATY = "Treaty of Permanent Good-Neighbourliness and Friendly Cooperation"
QUAD = "Joint statement of the foreign ministers for the 20th anniversary of Quad cooperation"
TICAD = "Tokyo International Conference on African Development"

# A star stands around italics, a dollar sign around small capitals; URL is the pinned address.
EXPECTED = {
    "meeting": {
        "apa": [f"{CAJ}. (2022, December 24). *{FM9}* [Ministerial meeting]. Tokyo. Dialogues. URL", f"({CAJ}, 2022)"],
        "chicago-notes": [f"{CAJ}, “{FM9},” ministerial meeting, Tokyo, December 24, 2022, Dialogues, URL."],
        "chicago-author-date": [
            f"{CAJ}. 2022. “{FM9}.” Ministerial meeting. Tokyo, December 24, 2022. Dialogues. URL.",
            f"({CAJ} 2022)",
        ],
        "mla": [f"{CAJ}. “{FM9}.” 24 Dec. 2022, Tokyo. *Dialogues*, URL. Ministerial meeting.", f"({CAJ})"],
        "oscola": [f"{CAJ}, ‘{FM9}’ (ministerial meeting, Tokyo, Dialogues, 24 December 2022) <URL>."],
        "bluebook": [f"{CAJ}, *{FM9}*, ministerial meeting, $Dialogues$ (Tokyo, Dec. 24, 2022), URL."],
        "gb-t-7714": [f"{CAJ}. {FM9}: Ministerial meeting, Tokyo[EB/OL]. Dialogues, 2022(2022-12-24). URL."],
        "sist-02": [f"{CAJ}. “{FM9}”. Ministerial meeting, Tokyo. Dialogues. 2022-12-24. URL."],
    },
    "statement": {
        "apa": [f"{CAJ}. (2022, December 24). *{JOINT}*. Tokyo. Dialogues. URL", f"({CAJ}, 2022)"],
        "chicago-notes": [f"{CAJ}, *{JOINT}* (Tokyo, December 24, 2022), Dialogues, URL."],
        "chicago-author-date": [
            f"{CAJ}. 2022. *{JOINT}*. Tokyo, December 24, 2022. Dialogues. URL.",
            f"({CAJ} 2022)",
        ],
        "mla": [f"{CAJ}. *{JOINT}*. 24 Dec. 2022, Tokyo. *Dialogues*, URL.", f"({CAJ})"],
        "oscola": [f"{CAJ}, *{JOINT}* (Tokyo, Dialogues, 24 December 2022) <URL>."],
        "bluebook": [f"{CAJ}, *{JOINT}*, $Dialogues$ (Tokyo, Dec. 24, 2022), URL."],
        "gb-t-7714": [f"{CAJ}. {JOINT}: Tokyo[R/OL]. Dialogues, 2022(2022-12-24). URL."],
        "sist-02": [f"{CAJ}. “{JOINT}”. Tokyo. Dialogues. 2022-12-24. URL."],
    },
    "paragraph": {
        "apa": [
            f"{CAJ}. (2022, December 24). *{JOINT}*. Tokyo. Dialogues. URL",
            f"({CAJ}, 2022, para. 1 [archive’s summary])",
        ],
        "chicago-notes": [
            f"{CAJ}, *{JOINT}* (Tokyo, December 24, 2022), para. 1 [archive’s summary], Dialogues, URL."
        ],
        "chicago-author-date": [
            f"{CAJ}. 2022. *{JOINT}*. Tokyo, December 24, 2022. Dialogues. URL.",
            f"({CAJ} 2022, para. 1 [archive’s summary])",
        ],
        "mla": [
            f"{CAJ}. *{JOINT}*. 24 Dec. 2022, Tokyo. *Dialogues*, URL.",
            f"({CAJ}, par. 1 [archive’s summary])",
        ],
        "oscola": [f"{CAJ}, *{JOINT}* (Tokyo, Dialogues, 24 December 2022) para 1 [archive’s summary] <URL>."],
        "bluebook": [f"{CAJ}, *{JOINT}*, ¶ 1 [archive’s summary], $Dialogues$ (Tokyo, Dec. 24, 2022), URL."],
        "gb-t-7714": [
            f"{CAJ}. {JOINT}: Tokyo[R/OL]. Dialogues, 2022: 第1段 [archive’s summary](2022-12-24). URL."
        ],
        "sist-02": [f"{CAJ}. “{JOINT}”. Tokyo. Dialogues. 2022-12-24, 第1段落 [archive’s summary]. URL."],
    },
    "commitment": {
        "apa": [
            f"{CAJ}. (2022, December 24). To cooperate in disarmament [Commitment]. {FM9}, Tokyo. Dialogues. URL",
            f"({CAJ}, 2022)",
        ],
        "chicago-notes": [
            f"{CAJ}, “To cooperate in disarmament,” commitment, {FM9}, Tokyo, December 24, 2022, Dialogues, URL."
        ],
        "chicago-author-date": [
            f"{CAJ}. 2022. “To cooperate in disarmament.” Commitment. {FM9}, Tokyo, December 24, 2022. Dialogues. URL.",
            f"({CAJ} 2022)",
        ],
        "mla": [
            f"{CAJ}. “To cooperate in disarmament.” {FM9}, 24 Dec. 2022, Tokyo. *Dialogues*, URL. Commitment.",
            f"({CAJ})",
        ],
        "oscola": [
            f"{CAJ}, ‘To cooperate in disarmament’ (commitment, {FM9}, Tokyo, Dialogues, 24 December 2022) <URL>."
        ],
        "bluebook": [
            f"{CAJ}, *To cooperate in disarmament*, commitment, {FM9}, $Dialogues$ (Tokyo, Dec. 24, 2022), URL."
        ],
        "gb-t-7714": [
            f"{CAJ}. To cooperate in disarmament: Commitment, {FM9}, Tokyo[EB/OL]. Dialogues, 2022(2022-12-24). URL."
        ],
        "sist-02": [f"{CAJ}. “To cooperate in disarmament”. Commitment, {FM9}, Tokyo. Dialogues. 2022-12-24. URL."],
    },
    "remarks": {
        "apa": [
            "Examplia. (2021, March 4). *Address by Minister Doe* [Opening remarks]. 1st Foreign Ministers’ Meeting."
            " Dialogues. URL",
            "(Examplia, 2021)",
        ],
        "chicago-notes": [
            "Examplia, “Address by Minister Doe” (opening remarks, 1st Foreign Ministers’ Meeting, March 4, 2021),"
            " Dialogues, URL."
        ],
        "chicago-author-date": [
            "Examplia. 2021. “Address by Minister Doe.” Opening remarks. 1st Foreign Ministers’ Meeting, March 4, 2021."
            " Dialogues. URL.",
            "(Examplia 2021)",
        ],
        "mla": [
            "Examplia. “Address by Minister Doe.” 1st Foreign Ministers’ Meeting, 4 Mar. 2021. *Dialogues*, URL."
            " Opening remarks.",
            "(Examplia)",
        ],
        "oscola": [
            "Examplia, ‘Address by Minister Doe’ (opening remarks, 1st Foreign Ministers’ Meeting, Dialogues,"
            " 4 March 2021) <URL>."
        ],
        "bluebook": [
            "Examplia, *Address by Minister Doe*, opening remarks, 1st Foreign Ministers’ Meeting, $Dialogues$"
            " (Mar. 4, 2021), URL."
        ],
        "gb-t-7714": [
            "Examplia. Address by Minister Doe: Opening remarks, 1st Foreign Ministers’ Meeting[Z/OL]."
            " Dialogues, 2021(2021-03-04). URL."
        ],
        "sist-02": [
            "Examplia. “Address by Minister Doe”. Opening remarks, 1st Foreign Ministers’ Meeting. Dialogues."
            " 2021-03-04. URL."
        ],
    },
    "treaty": {
        "apa": [
            f"China–Central Asia. (2025, June 17). *{TREATY}*. 2nd Summit, Astana. Dialogues. URL",
            "(China–Central Asia, 2025)",
        ],
        "chicago-notes": [f"China–Central Asia, “{TREATY},” 2nd Summit, Astana, June 17, 2025, Dialogues, URL."],
        "chicago-author-date": [
            f"China–Central Asia. 2025. “{TREATY}.” 2nd Summit, Astana, June 17, 2025. Dialogues. URL.",
            "(China–Central Asia 2025)",
        ],
        "mla": [
            f"China–Central Asia. *{TREATY}*. 2nd Summit, 17 June 2025, Astana. *Dialogues*, URL.",
            "(China–Central Asia)",
        ],
        "oscola": [f"{TREATY} (China–Central Asia, 2nd Summit, Astana, Dialogues, 17 June 2025) <URL>."],
        "bluebook": [f"China–Central Asia, {TREATY}, 2nd Summit, $Dialogues$ (Astana, June 17, 2025), URL."],
        "gb-t-7714": [f"China–Central Asia. {TREATY}: 2nd Summit, Astana[Z/OL]. Dialogues, 2025(2025-06-17). URL."],
        "sist-02": [f"China–Central Asia. “{TREATY}”. 2nd Summit, Astana. Dialogues. 2025-06-17. URL."],
    },
    "month": {
        "apa": [f"{CAJ}. (2013, October). *7th Senior Officials’ Meeting*. Bishkek. Dialogues. URL", f"({CAJ}, 2013)"],
        "chicago-notes": [f"{CAJ}, “7th Senior Officials’ Meeting,” Bishkek, October 2013, Dialogues, URL."],
        "chicago-author-date": [
            f"{CAJ}. 2013. “7th Senior Officials’ Meeting.” Bishkek, October 2013. Dialogues. URL.",
            f"({CAJ} 2013)",
        ],
        "mla": [f"{CAJ}. “7th Senior Officials’ Meeting.” Oct. 2013, Bishkek. *Dialogues*, URL.", f"({CAJ})"],
        "oscola": [f"{CAJ}, ‘7th Senior Officials’ Meeting’ (Bishkek, Dialogues, October 2013) <URL>."],
        "bluebook": [f"{CAJ}, *7th Senior Officials’ Meeting*, $Dialogues$ (Bishkek, Oct. 2013), URL."],
        "gb-t-7714": [f"{CAJ}. 7th Senior Officials’ Meeting: Bishkek[EB/OL]. Dialogues, 2013(2013-10). URL."],
        "sist-02": [f"{CAJ}. “7th Senior Officials’ Meeting”. Bishkek. Dialogues. 2013-10. URL."],
    },
    "no meeting": {
        "apa": [f"Quad. (2024, December). *{QUAD}*. Dialogues. URL", "(Quad, 2024)"],
        "chicago-notes": [f"Quad, *{QUAD}* (December 2024), Dialogues, URL."],
        "chicago-author-date": [f"Quad. 2024. *{QUAD}*. December 2024. Dialogues. URL.", "(Quad 2024)"],
        "mla": [f"Quad. *{QUAD}*. Dec. 2024. *Dialogues*, URL.", "(Quad)"],
        "oscola": [f"Quad, *{QUAD}* (Dialogues, December 2024) <URL>."],
        "bluebook": [f"Quad, *{QUAD}*, $Dialogues$ (Dec. 2024), URL."],
        "gb-t-7714": [f"Quad. {QUAD}[R/OL]. Dialogues, 2024(2024-12). URL."],
        "sist-02": [f"Quad. “{QUAD}”. Dialogues. 2024-12. URL."],
    },
    "several days": {
        "apa": [
            f"{TICAD}. (2003, September 29–October 1). *3rd Conference* [Summit]. Tokyo. Dialogues. URL",
            f"({TICAD}, 2003)",
        ],
        "chicago-notes": [
            f"{TICAD}, “3rd Conference,” summit, Tokyo, September 29–October 1, 2003, Dialogues, URL."
        ],
        "chicago-author-date": [
            f"{TICAD}. 2003. “3rd Conference.” Summit. Tokyo, September 29–October 1, 2003. Dialogues. URL.",
            f"({TICAD} 2003)",
        ],
        "mla": [
            f"{TICAD}. “3rd Conference.” 29 Sept.–1 Oct. 2003, Tokyo. *Dialogues*, URL. Summit.",
            f"({TICAD})",
        ],
        "oscola": [f"{TICAD}, ‘3rd Conference’ (summit, Tokyo, Dialogues, 29 September–1 October 2003) <URL>."],
        "bluebook": [f"{TICAD}, *3rd Conference*, summit, $Dialogues$ (Tokyo, Sept. 29–Oct. 1, 2003), URL."],
        "gb-t-7714": [f"{TICAD}. 3rd Conference: Summit, Tokyo[EB/OL]. Dialogues, 2003(2003-09-29/10-01). URL."],
        "sist-02": [f"{TICAD}. “3rd Conference”. Summit, Tokyo. Dialogues. 2003-09-29/10-01. URL."],
    },
}  # fmt: skip
