/**
 * All that the page can do beyond being read: copy a command, open what a link leads to and what is
 * printed, and say of a mark which request it is. It adds text as text only.
 */
export const script = `
"use strict";(()=>{
const d=document,root=d.documentElement,NS="http://www.w3.org/2000/svg";
root.classList.add("js");
for(const b of d.querySelectorAll("[data-copy]"))b.onclick=async()=>{
  try{await navigator.clipboard.writeText(b.dataset.copy);b.textContent="copied"}
  catch{const r=d.createRange();r.selectNodeContents(b.previousElementSibling);const s=getSelection();s.removeAllRanges();s.addRange(r);b.textContent=d.execCommand("copy")?"copied":"press Ctrl-C"}
};
const reveal=()=>{const e=d.getElementById(location.hash.slice(1));for(let p=e;p;p=p.parentElement)if(p.tagName==="DETAILS")p.open=true;e?.scrollIntoView()};
addEventListener("hashchange",reveal);if(location.hash)reveal();
let shut=[];
addEventListener("beforeprint",()=>{shut=[...d.querySelectorAll("details:not([open])")];for(const e of shut)e.open=true});
addEventListener("afterprint",()=>{for(const e of shut)e.open=false});
const names={ok:"write, taken by the store",queued:"write, taken by the queue",fail:"write, refused",info:"write without a clear answer",read:"read",unread:"read that failed"};
for(const f of d.querySelectorAll("figure.timeline")){
  const chart=f.querySelector("svg.chart"),plot=chart&&chart.querySelector("svg.plot"),about=f.querySelector("output");
  if(!plot)continue;
  const {low,high,from,to,prefix,keys}=plot.dataset,all=keys.split(" ").map(k=>prefix+decodeURIComponent(k)),h=plot.viewBox.baseVal.height;
  const path=(c,v)=>{const p=d.createElementNS(NS,"path");p.setAttribute("class",c);p.setAttribute("d",v);plot.append(p);return p};
  let marks,at=-1,key=-1,extra=[];
  const load=()=>marks??=[...plot.querySelectorAll(".mark")].flatMap(p=>{const a=p.dataset.about.split(" ");
    return p.getAttribute("d").slice(1).split("M").map((t,i)=>{const [x,y]=t.split(" ").map(parseFloat),[k,s]=a[i].split(".");return{x,y,k:parseInt(k,36),s,c:p.classList[1]}})}).sort((a,b)=>a.x-b.x);
  const draw=()=>{for(const p of extra)p.remove();extra=[];
    chart.classList.toggle("dim",key>=0);
    if(key>=0)extra.push(path("picked",marks.filter(m=>m.k===key).map(m=>"M"+m.x+" "+m.y+"h0").join("")));
    const m=marks[at];
    if(!m){about.textContent="";return}
    const c="M"+m.x+" "+m.y+"h0";extra.push(path("cursor",c),path("cursor",c),path("mark "+m.c,c));extra[extra.length-1].classList.remove("mark");
    const t=+from+m.x/1e4*(to-from),l=high*(low/high)**(m.y/h);
    about.textContent=names[m.c]+(m.s?" ("+m.s+")":"")+" · "+all[m.k]+" · due at "+(t/1000).toFixed(2).replace("-","\\u2212")+" s, answered after about "+(l<10?l.toFixed(1):l.toFixed(0))+" ms"+(key>=0?" · only this key is shown; Escape shows all":" · click or Enter: this key only")};
  const near=e=>{const r=plot.getBoundingClientRect(),b=chart.getBoundingClientRect();let best=-1,least=900;
    load().forEach((m,i)=>{const q=(b.left+m.x/1e4*b.width-e.clientX)**2+(b.top+plot.y.baseVal.value+m.y/10-e.clientY)**2;if(q<least&&(key<0||m.k===key||e.type==="click")){least=q;best=i}});return best};
  chart.onpointermove=e=>{const n=near(e);if(n>=0&&n!==at){at=n;draw()}};
  chart.onclick=e=>{at=near(e);key=at<0||marks[at].k===key?-1:marks[at].k;draw()};
  chart.onkeydown=e=>{load();const step={ArrowRight:1,ArrowLeft:-1}[e.key];
    if(step){let n=at;do n=Math.min(marks.length-1,Math.max(0,n+step));while(key>=0&&marks[n].k!==key&&n>0&&n<marks.length-1);at=n}
    else if(e.key==="Enter"&&at>=0)key=marks[at].k===key?-1:marks[at].k;
    else if(e.key==="Escape"){key=-1;at=-1}
    else return;
    e.preventDefault();draw()};
}
})();
`;
