"""Whether a person is spoken of as *he* or *she*: by title, by first name, by the pronoun used before."""

from __future__ import annotations

from collections.abc import Sequence

HE = "he"
SHE = "she"

_MALE_TITLES = frozenset(
    """
    mr sir lord king prince emperor sultan shah sheikh shaykh sheik imam mullah maulana ayatollah
    pope cardinal bishop archbishop father brother monsignor msgr patriarch don señor herr monsieur
    chairman spokesman businessman congressman assemblyman policeman fisherman gunman son husband
    boy man serviceman emir amir
    """.split()
)
_FEMALE_TITLES = frozenset(
    """
    mrs ms miss madam madame lady dame queen princess sister nun doña chairwoman spokeswoman
    businesswoman congresswoman policewoman mother wife widow daughter girl woman actress
    servicewoman councilwoman
    """.split()
)
_FEMALE_NAMES = frozenset(
    """
    adriana agnes aisha alejandra alexandra alice alicia alina amanda amina amira ana anastasia
    andrea angela anita ann anna anne annette asma aurora ayesha azadeh barbara beatrice beatriz
    benazir bianca brenda bridget camila carla carmen carol carolina caroline catherine cecilia
    charlotte chiara christina christine clara claudia condoleezza cristina cynthia dalia daniela
    deborah diana dilma dina dolores donna doris dorothy edith elena elif elisa elizabeth ellen elsa
    emily emine emma erika esther eva evelyn farah farida fatima fatma fatou federica fiona florence
    frances gabriela georgia gina gloria golda grace graciela greta habiba hanan hannah hala heather
    helen helena helga hillary hind hina huda ileana imelda indira ines ingrid irene irina isabel
    isabella ivana jacinda jane janet jean jeanne jennifer jessica joan joanna josephine joyce
    judith judy julia juliana julie kamala karen karin kate katherine kathleen katrin keiko khadija
    kimberly kristalina lakshmi latifa laura layla leila lena leticia leyla lidia lina linda lisa
    liudmila louise lucia lucy ludmila luisa lydia lyudmila madeleine magdalena mahnaz maia malala
    manal marcela margaret margarita margot maria mariam mariana marie marina marine marta martha
    mary maryam masih meera megan mehbooba melania melissa mercedes michelle mina mirjana miriam
    mona monica nadia nadezhda najla nancy naomi narges nasrin natalia natalya nazanin nicola nicole
    nina noor nora nour nuha olga oksana olena pamela patricia paula pauline penelope petra priya
    rachel rania raquel rebecca rigoberta rima rita roberta rosa rosario roxana rukhsana ruth
    sabrina sadia salma samantha samar samira sana sandra sanna sara sarah shabnam sharon sheikha
    sheila shirin silvia simone sofia sonia sophia sophie stella stephanie suad sue sultana susan
    susana svetlana sylvia tamara tansu tatiana teresa theresa tsai ursula valentina valeria vanessa
    vera veronica victoria viola violeta virginia wafa wendy winnie xiomara yasmin yelena yolanda
    yulia zahra zainab zeinab zuzana
    """.split()
)
_MALE_NAMES = frozenset(
    """
    michael michel milan milos mirza jason nathan neil norman percy rodney shaun sean stuart
    alistair kenny lindsey jared joshua justin dmytro oleksandr denys serhiy andriy yevgeny evgeny
    yevgeniy pyotr anton artem bogdan dragan goran ratko momcilo ante stjepan franjo alija haris
    hashim ramush aleksandar abd abdallah abdel abdelaziz abdelfattah abdirahman abdul abdulaziz
    abdullah abdulrahman abraham adam adel adnan ahmad ahmed alain alan albert alberto alejandro
    aleksandr alex alexander alexei alfonso alfred alfredo ali alvaro alexandre amin amir anatoly
    anders andre andreas andres andrew andrei andrej angel anthony antonio antonis antony anwar arif
    armando arnoldo arnulfo arturo ashraf atal ayman aziz babrak bahram barack bashar benito
    benjamin bernard bernie bertrand bill bob boris boutros brian bruce bruno burhanuddin carl
    carlos cesar charles christian christopher chris colin cyril dan daniel david denis dennis dick
    diego dimitri dmitri dmitry dominique donald douglas ed edgar edmundo eduardo edward efrain
    emilio emmanuel emomali enrique eric erich ernesto ernst evo fabian faisal farid farouk felipe
    felix ferdinand fernando fidel francis francisco francois frank franz fred frederick gabriel
    gamal gary gennady george gerald gerhard gerry ghassan giorgi giovanni giulio giuseppe gonzalo
    gordon gregorio gregory guillermo gustavo habib hafez hafiz haidar hamid hans harold harry
    hassan hector hedayatullah heinz helmut henri henry hernan hosni howard hugh hugo humberto
    hussain hussein ian ibrahim igor ilham ilya imad imran isaac ismail ivan jack jacques jaime jair
    jake jakob james jamil jan jaime javad javier jawaharlal jeff jens jeremy jerry jesus jim jimmy
    joachim joao joe joel john jon jonas jonathan jorge jose josef joseph juan julio julius justin
    kamal karim karl kassym keith kenneth kevin khaled khalid khalifa klaus kofi konstantin
    kurmanbek kwame larry laurent leonid leonardo leopoldo lev lewis louis luis luiz lula mahathir
    mahmoud mahmud malcolm manuel marc marco marcos mario mark martin marwan masoud matthew maurice
    mauricio max maximilian mehdi mehmet miguel mike mikhail mohamed mohammad mohammed mohsen moussa
    muammar muhammad muqtada mustafa nabil nasir nasser nelson nestor nicholas nick nicolas nikita
    nikol nikolai nikos nouri nuri oleg olaf omar oscar osama pablo patrick paul pavel pedro pervez
    peter petro philip philippe pierre pieter qasim qassem radovan rafael rafic rajiv ralph ramon
    ramzan raul ray raymond recep reza ricardo riad richard robert roberto rodrigo roger rohani
    roman ronald ruben rudolf rustam ruslan ryan saad saddam sadiq said saif salah salim salman
    salvador sam sami samuel sebastian serge sergei sergey sergio shimon sigmar silvio simon
    slobodan solomon stanislav stephen steve steven sultan sylvestre tariq tayyip ted thabo theodore
    thomas tim timothy todd tom tomas tony umar vaclav vadim valery victor viktor vincent vitaly
    vladimir volodymyr walid walter werner wilhelm william willy winston wolfgang xavier yahya
    yasser yasir yitzhak younis yuri yusuf yves zalmay zamir zoran zviad
    """.split()
)


def gender_of(name: str, words_before: Sequence[str] = ()) -> str:
    """``he`` or ``she`` where a title or the first name tells; empty where neither does."""
    for word in words_before:
        low = word.lower().rstrip(".")
        if low in _FEMALE_TITLES:
            return SHE
        if low in _MALE_TITLES:
            return HE
    first = name.split()[0].lower().rstrip(".") if len(name.split()) > 1 else ""
    if first in _FEMALE_NAMES:
        return SHE
    return HE if first in _MALE_NAMES else ""


def gender_of_noun(noun: str) -> str:
    """``he`` or ``she`` where a describing noun tells: ``spokeswoman``, ``father``."""
    return gender_of("", (noun,))
