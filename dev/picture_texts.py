"""What the people of the pictures wrote: nobody and nothing in it exists."""

# Dutch, English
TEXTS = {
	"subject": ("Geroep en kleineren in het werkoverleg", "Shouting and belittling in the team meeting"),
	"story": (
		"Sinds januari valt de teamleider in het werkoverleg tegen mij uit. Vorige week riep hij dat ik beter kon"
		" vertrekken, waar iedereen bij was. Twee collega's hebben het gehoord.",
		"Since January the team leader has been shouting at me in the team meeting. Last week he called out that I had"
		" better leave, in front of everybody. Two colleagues heard it.",
	),
	"wish": (
		"Dat het stopt, en dat ik hier kan blijven werken.",
		"That it stops, and that I can go on working here.",
	),
	"talk": (
		"Eerste gesprek. Slaapt slecht, wil geen klacht indienen, wel dat er met hem gesproken wordt.",
		"First talk. Sleeps badly, doesn't want to file a complaint, but wants somebody to talk with him.",
	),
	"other_subject": ("Vraag over een collega", "A question about a colleague"),
	"to_table": (
		"De beslistafel, om met hem te kunnen spreken",
		"The decision table, so that somebody can talk with him",
	),
	"purpose": (
		"Hoe het overleg weer veilig wordt, en wat de teamleider daarvoor moet doen.",
		"How the meeting becomes safe again, and what the team leader has to do for it.",
	),
	"facts": (
		"Drie voorvallen in het werkoverleg, op 14 januari, 4 en 18 februari. Bij elk waren zes collega's aanwezig.",
		"Three incidents in the team meeting, on 14 January, 4 and 18 February. At each six colleagues were present.",
	),
	"reporter_heard": (
		"De melder wil dat het stopt en wil in het team blijven.",
		"The reporter wants it to stop and wants to stay in the team.",
	),
	"accused_heard": (
		"De beklaagde erkent dat hij zijn stem verhief, en zegt dat de werkdruk hoog was.",
		"The accused admits that he raised his voice, and says that there was much pressure.",
	),
	"interpretation": (
		"Herhaald kleineren door een leidinggevende, dus met macht.",
		"Repeated belittling by a manager, so with power.",
	),
	"action": (
		"Een gesprek met de leidinggevende voeren over de afspraken voor het werkoverleg, en coaching regelen.",
		"Talk with the manager about the agreements for the team meeting, and arrange coaching.",
	),
	"progress": ("Afspraak staat voor 17 maart.", "The appointment is on 17 March."),
	"told": (
		"Aan het team: het overleg heeft een nieuwe voorzitter, er is iets afgesproken.",
		"To the team: the meeting has a new chair, something has been agreed.",
	),
	"help": ("Begeleiding dichtbij", "Guidance close by"),
	"summary": (
		"Wordt sinds januari in het overleg gekleineerd. Zoekt iemand die naast haar staat bij de gesprekken.",
		"Has been belittled in meetings since January. Looks for somebody to stand beside her in the talks.",
	),
	"settled": (
		"Afspraken gemaakt met beide kanten; zie de brief van 3 maart.",
		"Agreements made with both sides; see the letter of 3 March.",
	),
	"away": ("Bas is een week afwezig.", "Bas is away for a week."),
	"danger": (
		"Er is nu gedreigd, en Bas is niet te bereiken.",
		"There is a threat now, and Bas can't be reached.",
	),
	"answer": (
		"Dank u dat u dit schrijft. Het klinkt zwaar. Zou u willen vertellen of u zich op dit moment veilig voelt op uw"
		" werk? U bepaalt wat er gebeurt.",
		"Thank you for writing this. It sounds hard. Would you tell us whether you feel safe at work now? You decide"
		" what happens.",
	),
}
